package io.shardquake.node.core.rdb;

import java.util.Optional;

/**
 * What a snapshot says about itself.
 *
 * @param unixMillis when it was taken
 * @param replication where it stands in a replication stream; empty if it is in none
 * @param aofBase whether an append-only file goes on from it
 */
public record SnapshotInfo(
    long unixMillis, Optional<ReplicationPoint> replication, boolean aofBase) {

  /**
   * A place in a replication stream.
   *
   * @param database that the stream has selected there
   * @param id the stream's replication ID
   * @param offset bytes of the stream before it
   */
  public record ReplicationPoint(int database, String id, long offset) {}

  /** Information for a snapshot that is a file of its own. */
  public static SnapshotInfo at(long unixMillis) {
    return new SnapshotInfo(unixMillis, Optional.empty(), false);
  }
}
