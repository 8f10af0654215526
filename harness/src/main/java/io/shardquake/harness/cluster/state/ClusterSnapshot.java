package io.shardquake.harness.cluster.state;

import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.OpenSlot;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.checkers.topology.SlotSet;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.NodeReport;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What every node of a cluster said at about one time. Immutable.
 *
 * @param reports of the nodes that answered, in the order in which they were found
 * @param absent nodes that could not be asked
 */
public record ClusterSnapshot(List<NodeReport> reports, List<AbsentNode> absent) {
  public ClusterSnapshot {
    reports = List.copyOf(reports);
    absent = List.copyOf(absent);
  }

  /** Masters that answered. */
  public List<NodeReport> masters() {
    return reports.stream().filter(NodeReport::isMaster).toList();
  }

  /** Replicas of a master that answered and say so themselves. */
  public List<NodeReport> replicasOf(String master) {
    return reports.stream()
        .filter(report -> report.myself().master().equals(Optional.of(master)))
        .toList();
  }

  /** The report of the node with this identifier. */
  public Optional<NodeReport> report(String id) {
    return reports.stream().filter(report -> report.id().equals(id)).findFirst();
  }

  /**
   * The node that a user means: by its identifier, the beginning of one, or its address.
   *
   * @throws ClusterException with a message for the user if none, or more than one, is meant
   */
  public NodeReport find(String reference) throws ClusterException {
    List<NodeReport> meant =
        reports.stream()
            .filter(
                report ->
                    report.address().toString().equals(reference)
                        || (!reference.isEmpty() && report.id().startsWith(reference)))
            .toList();
    if (meant.size() == 1) {
      return meant.get(0);
    }
    Optional<AbsentNode> away =
        absent.stream()
            .filter(node -> node.toString().equals(reference) || node.id().startsWith(reference))
            .findFirst();
    if (meant.isEmpty() && away.isPresent()) {
      throw new ClusterException(
          "node " + reference + " cannot be reached: " + away.get().reason());
    }
    throw new ClusterException(
        meant.isEmpty()
            ? "there is no node " + reference + " in this cluster: give its id or host:port"
            : "'" + reference + "' is the beginning of " + meant.size() + " node ids: write more");
  }

  /** The masters that say themselves that they own this slot. */
  public List<NodeReport> owners(int slot) {
    return masters().stream().filter(report -> report.myself().owns(slot)).toList();
  }

  /** The slots that some master that answered says it owns. */
  public SlotSet owned() {
    return SlotSet.of(
        masters().stream().flatMap(master -> master.myself().slots().stream()).toList());
  }

  /** The slots that more than one master says it owns. */
  public SlotSet contested() {
    SlotSet seen = SlotSet.NONE;
    SlotSet twice = SlotSet.NONE;
    for (NodeReport master : masters()) {
      SlotSet own = SlotSet.of(master.myself().slots());
      twice = twice.or(seen.and(own));
      seen = seen.or(own);
    }
    return twice;
  }

  /** The slots that are marked as moving on some node that answered. */
  public SlotSet open() {
    BitSet open = new BitSet(SlotRange.SLOTS);
    reports.forEach(r -> r.myself().openSlots().forEach(mark -> open.set(mark.slot())));
    return slots(open);
  }

  private static SlotSet slots(BitSet slots) {
    List<SlotRange> ranges = new ArrayList<>();
    slots.stream().forEach(slot -> ranges.add(new SlotRange(slot, slot)));
    return SlotSet.of(ranges);
  }

  /** Where this node says that the slot is going to, or coming from. */
  public static Optional<String> mark(NodeReport node, int slot, OpenSlot.Direction direction) {
    return node.myself().openSlots().stream()
        .filter(mark -> mark.slot() == slot && mark.direction() == direction)
        .map(OpenSlot::peer)
        .findFirst();
  }

  /** Whom each node that answered takes for the owner of the slot, in the order of the reports. */
  public List<Optional<String>> believedOwners(int slot) {
    return reports.stream()
        .map(
            report ->
                report.view().nodes().stream()
                    .filter(node -> node.owns(slot))
                    .map(NodeView::id)
                    .findFirst())
        .toList();
  }

  /** Whether any node that answered takes the node with this identifier for dead. */
  public boolean isFailing(String id) {
    return views(id).anyMatch(view -> view.is(NodeFlag.FAIL) || view.is(NodeFlag.PFAIL));
  }

  private Stream<NodeView> views(String id) {
    return reports.stream().flatMap(report -> report.view().node(id).stream());
  }
}
