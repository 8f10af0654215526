package io.shardquake.harness.cluster.check;

import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.OpenSlot.Direction;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.checkers.topology.SlotSet;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.state.AbsentNode;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds everything that is wrong with a cluster. Pure. */
public final class ClusterDiagnosis {
  private final ClusterSnapshot snapshot;
  private final List<Anomaly> found = new ArrayList<>();

  private ClusterDiagnosis(ClusterSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * The anomalies, the gravest kinds first; none if the cluster is clean.
   *
   * @param snapshot what the nodes say
   * @param foreignKeys for masters by identifier, how many keys they hold of which slots that they
   *     do not own
   */
  public static List<Anomaly> of(
      ClusterSnapshot snapshot, Map<String, SortedMap<Integer, Long>> foreignKeys) {
    ClusterDiagnosis diagnosis = new ClusterDiagnosis(snapshot);
    diagnosis.absentNodes();
    diagnosis.coverage();
    diagnosis.marks();
    diagnosis.foreignKeys(foreignKeys);
    diagnosis.beliefs();
    diagnosis.handshakes();
    diagnosis.chainedReplicas();
    diagnosis.epochs();
    diagnosis.states();
    return List.copyOf(diagnosis.found);
  }

  private void add(AnomalyKind kind, String where, SlotSet slots, List<String> nodes) {
    found.add(new Anomaly(kind, where, slots, nodes));
  }

  private void absentNodes() {
    for (AbsentNode node : snapshot.absent()) {
      String where = node + " (" + node.id() + "): " + node.reason();
      add(AnomalyKind.UNREACHABLE, where, SlotSet.NONE, List.of(node.toString()));
    }
  }

  private void coverage() {
    SlotSet left = SlotSet.ALL.minus(snapshot.owned());
    for (AbsentNode node : snapshot.absent()) {
      SlotSet lost = SlotSet.of(node.view().slots()).and(left);
      left = left.minus(lost);
      if (!lost.isEmpty()) {
        add(AnomalyKind.OWNER_DOWN, slots(lost) + " of " + node, lost, List.of(node.toString()));
      }
    }
    if (!left.isEmpty()) {
      add(AnomalyKind.UNCOVERED, slots(left), left, List.of());
    }
    SlotSet contested = snapshot.contested();
    if (!contested.isEmpty()) {
      List<String> claimants =
          snapshot.masters().stream()
              .filter(m -> SlotSet.of(m.myself().slots()).intersects(contested))
              .map(m -> m.address().toString())
              .toList();
      add(
          AnomalyKind.CONTESTED,
          slots(contested) + " by " + String.join(", ", claimants),
          contested,
          claimants);
    }
  }

  private void marks() {
    for (SlotRange range : snapshot.open().ranges()) {
      for (int slot = range.first(); slot <= range.last(); slot++) {
        marks(slot);
      }
    }
  }

  private void marks(int slot) {
    for (NodeReport node : snapshot.reports()) {
      boolean owner = node.myself().owns(slot);
      Optional<String> to = ClusterSnapshot.mark(node, slot, Direction.MIGRATING);
      Optional<String> from = ClusterSnapshot.mark(node, slot, Direction.IMPORTING);
      if (owner && to.isPresent()) {
        boolean expected = imports(to.get(), slot);
        open(expected ? AnomalyKind.OPEN : AnomalyKind.OPEN_AT_SOURCE, slot, node.id(), to.get());
      } else if (!owner && from.isPresent() && !isGivenTo(node, slot)) {
        open(AnomalyKind.OPEN_AT_TARGET, slot, from.get(), node.id());
      }
      if ((owner && from.isPresent()) || (!owner && to.isPresent())) {
        add(
            AnomalyKind.STALE_MARK,
            "slot " + slot + " on " + node.address(),
            one(slot),
            List.of(node.address().toString()));
      }
    }
  }

  private boolean imports(String id, int slot) {
    return snapshot
        .report(id)
        .flatMap(target -> ClusterSnapshot.mark(target, slot, Direction.IMPORTING))
        .isPresent();
  }

  private boolean isGivenTo(NodeReport target, int slot) {
    return snapshot.owners(slot).stream()
        .flatMap(owner -> ClusterSnapshot.mark(owner, slot, Direction.MIGRATING).stream())
        .anyMatch(target.id()::equals);
  }

  private void open(AnomalyKind kind, int slot, String from, String to) {
    add(
        kind,
        "slot " + slot + " from " + name(from) + " to " + name(to),
        one(slot),
        List.of(name(from), name(to)));
  }

  private void foreignKeys(Map<String, SortedMap<Integer, Long>> foreignKeys) {
    foreignKeys.forEach(
        (id, counts) -> {
          // What a slot that is open has moved already is where it belongs.
          SortedMap<Integer, Long> strange = new TreeMap<>(counts);
          strange.keySet().removeIf(slot -> imports(id, slot));
          if (!strange.isEmpty()) {
            SlotSet slots = set(List.copyOf(strange.keySet()));
            long keys = strange.values().stream().mapToLong(Long::longValue).sum();
            add(
                AnomalyKind.FOREIGN_KEYS,
                keys + " keys of " + slots(slots) + " on " + name(id),
                slots,
                List.of(name(id)));
          }
        });
  }

  private void beliefs() {
    for (NodeReport node : snapshot.reports()) {
      List<Integer> wrong = new ArrayList<>();
      Map<String, SlotSet> believed =
          node.view().nodes().stream()
              .collect(Collectors.toMap(NodeView::id, view -> SlotSet.of(view.slots())));
      for (NodeReport owner : snapshot.masters()) {
        SlotSet missing =
            SlotSet.of(owner.myself().slots())
                .minus(believed.getOrDefault(owner.id(), SlotSet.NONE))
                .minus(snapshot.contested());
        missing.ranges().forEach(r -> addAll(wrong, r));
      }
      if (!wrong.isEmpty()) {
        SlotSet slots = set(wrong);
        add(
            AnomalyKind.DISAGREEMENT,
            node.address() + " on the owner of " + slots(slots),
            slots,
            List.of(node.address().toString()));
      }
    }
  }

  private void handshakes() {
    for (NodeReport node : snapshot.reports()) {
      node.view().nodes().stream()
          .filter(view -> view.is(NodeFlag.HANDSHAKE))
          .forEach(
              view -> {
                String peer = view.address().host() + ":" + view.address().port();
                add(
                    AnomalyKind.HANDSHAKE,
                    node.address() + " with " + peer,
                    SlotSet.NONE,
                    List.of(node.address().toString(), peer));
              });
    }
  }

  private void chainedReplicas() {
    for (NodeReport replica : snapshot.reports()) {
      replica
          .myself()
          .master()
          .flatMap(snapshot::report)
          .filter(master -> !master.isMaster())
          .ifPresent(
              master ->
                  add(
                      AnomalyKind.CHAINED_REPLICA,
                      replica.address() + " replicates " + master.address(),
                      SlotSet.NONE,
                      List.of(replica.address().toString())));
    }
  }

  private void epochs() {
    SortedMap<Long, List<String>> byEpoch = new TreeMap<>();
    for (NodeReport master : snapshot.masters()) {
      if (master.myself().slots().isEmpty()) {
        continue;
      }
      byEpoch
          .computeIfAbsent(master.myself().configEpoch(), epoch -> new ArrayList<>())
          .add(master.address().toString());
    }
    byEpoch.forEach(
        (epoch, masters) -> {
          if (masters.size() > 1) {
            String where = "epoch " + epoch + " of " + String.join(", ", masters);
            add(AnomalyKind.EPOCH_COLLISION, where, SlotSet.NONE, masters);
          }
        });
  }

  private void states() {
    List<String> down =
        snapshot.reports().stream()
            .filter(report -> !report.view().info().ok())
            .map(report -> report.address().toString())
            .toList();
    if (!down.isEmpty()) {
      add(AnomalyKind.DOWN, "according to " + String.join(", ", down), SlotSet.NONE, down);
    }
  }

  private String name(String id) {
    return snapshot
        .report(id)
        .map(report -> report.address().toString())
        .or(
            () ->
                snapshot.absent().stream()
                    .filter(node -> node.id().equals(id))
                    .map(AbsentNode::toString)
                    .findFirst())
        .orElse(id);
  }

  private static String slots(SlotSet slots) {
    return (slots.size() == 1 ? "slot " : slots.size() + " slots: ") + slots;
  }

  private static SlotSet one(int slot) {
    return set(List.of(slot));
  }

  private static SlotSet set(List<Integer> slots) {
    return SlotSet.of(slots.stream().map(slot -> new SlotRange(slot, slot)).toList());
  }

  private static void addAll(List<Integer> slots, SlotRange range) {
    for (int slot = range.first(); slot <= range.last(); slot++) {
      slots.add(slot);
    }
  }
}
