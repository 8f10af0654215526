package io.shardquake.harness.sim.network;

/** Whoever has one end of a connection. Called when something arrives there. */
public interface Peer {
  /** The connection that this end asked for is open. */
  default void connected() {}

  /** Bytes arrived, in order. */
  void received(byte[] data);

  /**
   * The other end has closed the connection, or it broke, or it could not be opened. Nothing more
   * comes.
   */
  void closed(String reason);

  /** What was waited for with {@link Socket#awaitDrained()}. */
  default void drained() {}
}
