package io.shardquake.checkers.topology;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One node in the eyes of another, or of itself: a line of CLUSTER NODES.
 *
 * @param id 40 hexadecimal digits; random until a handshake ends
 * @param address where it listens
 * @param flags in the order in which Redis prints them; words of newer servers are left out
 * @param master id of the node that it replicates; empty for masters
 * @param pingSentMillis the observer's Unix time; 0 if none is under way
 * @param pongReceivedMillis the observer's Unix time; 0 if never
 * @param configEpoch its own for a master, its master's for a replica
 * @param linked whether the observer's bus connection to it is up
 * @param slots those it owns, ascending
 * @param openSlots those that move; an observer knows only its own
 */
public record NodeView(
    String id,
    NodeAddress address,
    Set<NodeFlag> flags,
    Optional<String> master,
    long pingSentMillis,
    long pongReceivedMillis,
    long configEpoch,
    boolean linked,
    List<SlotRange> slots,
    List<OpenSlot> openSlots) {

  public NodeView {
    EnumSet<NodeFlag> ordered = EnumSet.noneOf(NodeFlag.class);
    ordered.addAll(flags);
    flags = Collections.unmodifiableSet(ordered);
    slots = List.copyOf(slots);
    openSlots = List.copyOf(openSlots);
  }

  public boolean is(NodeFlag flag) {
    return flags.contains(flag);
  }

  /** Whether it owns this slot. */
  public boolean owns(int slot) {
    return slots.stream().anyMatch(range -> range.contains(slot));
  }

  /** How many slots it owns. */
  public int slotCount() {
    return slots.stream().mapToInt(SlotRange::size).sum();
  }
}
