package io.shardquake.node.core.replication;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How replication stands, as INFO and ROLE tell it.
 *
 * @param master the link to the master; empty if this node is one
 * @param replicas in the order in which they came
 * @param goodReplicas how many replicas are near enough for writes; empty if that is not asked for
 * @param failover {@code no-failover}, {@code waiting-for-sync} or {@code failover-in-progress}
 * @param id of the history of changes
 * @param formerId before the last fork; forty zeros if there was none
 * @param offset bytes of the stream produced or applied
 * @param formerUpTo first offset that the former ID does not cover; -1 if there is none
 * @param backlogActive whether there is a backlog
 * @param backlogSize its configured size in bytes
 * @param backlogFirstOffset of the first byte in it; 0 if there is none
 * @param backlogLength bytes in it
 * @param fullSyncs full resynchronizations that replicas asked for
 * @param partialSyncs partial resynchronizations granted
 * @param partialRefusals partial resynchronizations refused
 */
public record ReplicationView(
    Optional<Master> master,
    List<Replica> replicas,
    OptionalInt goodReplicas,
    String failover,
    String id,
    String formerId,
    long offset,
    long formerUpTo,
    boolean backlogActive,
    long backlogSize,
    long backlogFirstOffset,
    long backlogLength,
    long fullSyncs,
    long partialSyncs,
    long partialRefusals) {
  public ReplicationView {
    replicas = List.copyOf(replicas);
  }

  /**
   * The link to the master.
   *
   * @param state as ROLE prints it
   * @param up whether the stream is being followed
   * @param secondsSinceContact since the last sign of life; -1 while the link is down
   * @param sync the snapshot under way
   * @param received offset up to which the stream has arrived
   * @param applied offset up to which it has been applied
   * @param downSeconds since when the link has been down; -1 if it never was up; empty if it is up
   */
  public record Master(
      String host,
      int port,
      String state,
      boolean up,
      long secondsSinceContact,
      Optional<Sync> sync,
      long received,
      long applied,
      OptionalLong downSeconds) {}

  /**
   * A snapshot on its way here.
   *
   * @param total bytes announced; 0 if unknown
   * @param read bytes that have arrived
   * @param secondsSinceLast since bytes last arrived
   */
  public record Sync(long total, long read, long secondsSinceLast) {}

  /**
   * A replica of this node.
   *
   * @param state {@code wait_bgsave}, {@code send_bulk} or {@code online}
   * @param acknowledged the offset it has confirmed
   * @param lagSeconds since its last sign of life
   */
  public record Replica(
      String ip, int port, String state, boolean online, long acknowledged, long lagSeconds) {}
}
