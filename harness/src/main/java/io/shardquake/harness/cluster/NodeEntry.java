package io.shardquake.harness.cluster;

import io.shardquake.checkers.topology.SlotRange;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * One line of a CLUSTER NODES reply: what the answering node holds about one node.
 *
 * @param id 40 characters
 * @param host empty if the answering node does not know an address
 * @param port port for clients; 0 if unknown
 * @param flags as printed, without {@code noflags}
 * @param master identifier of its master; empty if it has none
 * @param configEpoch version of its claim on its slots
 * @param connected whether the answering node's link to it is up
 * @param slots ranges that it owns, ascending
 * @param migrating for each slot that it is giving away, to whom; only in a node's line about
 *     itself
 * @param importing for each slot that it is taking over, from whom; only in a node's line about
 *     itself
 */
public record NodeEntry(
    String id,
    String host,
    int port,
    SortedSet<String> flags,
    Optional<String> master,
    long configEpoch,
    boolean connected,
    List<SlotRange> slots,
    SortedMap<Integer, String> migrating,
    SortedMap<Integer, String> importing) {

  public boolean isMyself() {
    return flags.contains("myself");
  }

  public boolean isMaster() {
    return flags.contains("master");
  }

  /** Whether it is not yet a member: its identifier is a placeholder. */
  public boolean isInHandshake() {
    return flags.contains("handshake");
  }

  /** Whether the answering node believes that it does not work, or suspects it. */
  public boolean isSuspected() {
    return flags.contains("fail") || flags.contains("fail?");
  }

  /** Number of slots that it owns. */
  public int slotCount() {
    return slots.stream().mapToInt(SlotRange::size).sum();
  }
}
