package io.shardquake.node.core.keyspace;

/**
 * What the node does about expired keys in its present role (Redis documentation, EXPIRE, "How
 * expires are handled in the replication link and AOF file").
 */
public enum ExpiryPolicy {
  /** A master: an expired key is deleted when met, and its deletion propagated. */
  DELETE,
  /** A replica to its clients, or a paused master: an expired key is hidden but stays. */
  HIDE,
  /** Commands from the master, and loading: an expired key is as good as any other. */
  IGNORE
}
