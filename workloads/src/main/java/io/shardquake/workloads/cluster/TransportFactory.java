package io.shardquake.workloads.cluster;

/** Opens transports. Thread-safe. */
public interface TransportFactory extends AutoCloseable {
  /** A transport for a new process; opens no connection yet. */
  Transport open();

  /** Closes what all transports share. */
  @Override
  void close();
}
