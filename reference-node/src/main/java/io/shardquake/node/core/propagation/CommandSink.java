package io.shardquake.node.core.propagation;

/** Takes the stream of effects: the append-only file, the replication backlog. */
@FunctionalInterface
public interface CommandSink {
  /**
   * Takes what one command had for effect.
   *
   * @param encoded whole RESP requests, one or several
   * @param database that they act on
   */
  void append(int database, byte[] encoded);

  /** Whether this keeps what happened here, and does not take it to replicas. */
  default boolean isLog() {
    return true;
  }
}
