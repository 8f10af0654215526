package io.shardquake.node.core.replication;

/**
 * Which data set this node has: the ID of a history of changes, and how many bytes of that history
 * it has seen. After a promotion the history goes on under a new ID, and the former ID stays valid
 * up to the fork, so that the siblings of a promoted replica can resume from it (Redis
 * documentation, "Replication ID explained"). Not thread-safe.
 */
final class ReplicationHistory {
  /** What stands for an ID where there is none. */
  static final String NO_ID = "0".repeat(40);

  private static final long NEVER = -1;

  private String id;
  private long offset;
  private String formerId = NO_ID;
  private long formerUpTo = NEVER;

  /** A history in which nothing has happened yet. */
  ReplicationHistory(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  /** Bytes so far; the first byte ever has offset 1. */
  long offset() {
    return offset;
  }

  /** The ID before the last fork; {@link #NO_ID} if there was none. */
  String formerId() {
    return formerId;
  }

  /** The first offset that the former ID does not vouch for any more; -1 if there is no former. */
  long formerUpTo() {
    return formerUpTo;
  }

  void advance(long bytes) {
    offset += bytes;
  }

  /** Goes on under another ID: here the histories fork, or the master says that they did. */
  void fork(String newId) {
    formerId = id;
    formerUpTo = offset + 1;
    id = newId;
  }

  /** Takes another ID that nobody can resume from under the former one. */
  void restart(String newId) {
    id = newId;
    formerId = NO_ID;
    formerUpTo = NEVER;
  }

  /** Takes over another node's history, having loaded its data. */
  void adopt(String otherId, long otherOffset) {
    restart(otherId);
    offset = otherOffset;
  }

  /** Whether a node that has seen all of {@code ofId} before {@code from} has seen part of this. */
  boolean includes(String ofId, long from) {
    return ofId.equalsIgnoreCase(id) || (ofId.equalsIgnoreCase(formerId) && from <= formerUpTo);
  }
}
