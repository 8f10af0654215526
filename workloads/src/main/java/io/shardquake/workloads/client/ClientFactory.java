package io.shardquake.workloads.client;

/** Opens clients. Thread-safe. */
public interface ClientFactory extends AutoCloseable {
  /** A client for a new process. Connections are opened when first needed; this never blocks. */
  Client open(int process);

  /** Closes what all clients share. */
  @Override
  void close();
}
