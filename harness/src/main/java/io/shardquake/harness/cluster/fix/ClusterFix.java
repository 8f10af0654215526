package io.shardquake.harness.cluster.fix;

import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.OpenSlot;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.checkers.topology.SlotSet;
import io.shardquake.harness.cluster.Answers;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.NodeConnection;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.Readiness;
import io.shardquake.harness.cluster.SlotCommands;
import io.shardquake.harness.cluster.check.Anomaly;
import io.shardquake.harness.cluster.check.CheckReport;
import io.shardquake.harness.cluster.move.MoveProgress;
import io.shardquake.harness.cluster.move.MoveSettings;
import io.shardquake.harness.cluster.state.AbsentNode;
import io.shardquake.harness.cluster.state.ClusterSession;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Repairs a cluster, also while clients write: no value that a client was told was written is
 * overwritten or lost, and every key can be reached afterwards. Of a key that was on two nodes
 * before, the copy that was being served stays; the other, if it differs, goes into a rescue file.
 * Why this holds is told in {@code docs/cluster-fix.md}.
 *
 * <p>Works in rounds: look, repair slot by slot, look again, until the cluster is clean or a round
 * changes nothing. Used by one thread.
 */
public final class ClusterFix {
  private static final int ROUNDS = 10;
  private static final Duration CONVERGENCE = Duration.ofSeconds(10);

  private final ClusterSession session;
  private final Settings settings;
  private final RescueFile rescue;
  private final FixListener listener;

  /**
   * What a repair may do.
   *
   * @param withoutAbsent whether to give up what only nodes hold that cannot be reached
   * @param failoverLimit how long to wait for replicas to take over from masters that are gone
   * @param move how to move keys
   */
  public record Settings(boolean withoutAbsent, Duration failoverLimit, MoveSettings move) {
    public static final Settings DEFAULT =
        new Settings(false, Duration.ofSeconds(30), MoveSettings.DEFAULT);
  }

  public ClusterFix(
      ClusterSession session, Settings settings, RescueFile rescue, FixListener listener) {
    this.session = session;
    this.settings = settings;
    this.rescue = rescue;
    this.listener = listener;
  }

  /**
   * Repairs what can be repaired.
   *
   * @return the cluster's state afterwards; clean if all went well
   * @throws ClusterException if the cluster cannot be asked any more
   */
  public CheckReport run() throws ClusterException, InterruptedException {
    return run(() -> false);
  }

  /**
   * As {@link #run()}, but to be ended.
   *
   * @param stop asked again and again; once true, the slot in hand is finished and no other begun
   */
  public CheckReport run(BooleanSupplier stop) throws ClusterException, InterruptedException {
    awaitFailovers(stop);
    awaitClaims(stop);
    CheckReport report = CheckReport.of(session);
    for (int round = 0; round < ROUNDS && !report.isClean() && !stop.getAsBoolean(); round++) {
      int repaired = repairSlots(report, stop) + (stop.getAsBoolean() ? 0 : repairNodes(report));
      report = settled();
      if (repaired == 0) {
        break;
      }
    }
    return report;
  }

  /** A replica that is about to take over decides who owns what: nothing is touched before. */
  private void awaitFailovers(BooleanSupplier stop) throws ClusterException, InterruptedException {
    try {
      Readiness.await(
          settings.failoverLimit(),
          () -> {
            ClusterSnapshot snapshot = session.snapshot();
            return snapshot.absent().stream()
                .filter(node -> !node.view().slots().isEmpty())
                .filter(node -> !snapshot.replicasOf(node.id()).isEmpty())
                .filter(node -> !stop.getAsBoolean())
                .findFirst()
                .map(node -> "no replica has taken over from " + node);
          });
    } catch (ClusterException e) {
      listener.line(e.getMessage());
    }
  }

  /**
   * Of two masters that claim a slot the one with the smaller epoch gives way as soon as it hears
   * of the other, and may become its replica: one that was paused does so when it comes back.
   */
  private void awaitClaims(BooleanSupplier stop) throws ClusterException, InterruptedException {
    try {
      Readiness.await(
          CONVERGENCE,
          () -> {
            SlotSet contested = session.snapshot().contested();
            return contested.isEmpty() || stop.getAsBoolean()
                ? Optional.empty()
                : Optional.of("several masters own " + contested);
          });
    } catch (ClusterException e) {
      listener.line(e.getMessage());
    }
  }

  /** The state after gossip has had time to spread what was changed. */
  private CheckReport settled() throws ClusterException, InterruptedException {
    List<CheckReport> last = new ArrayList<>();
    try {
      Readiness.await(
          CONVERGENCE,
          () -> {
            CheckReport report = CheckReport.of(session);
            last.add(report);
            return report.anomalies().stream()
                .filter(ClusterFix::mayPass)
                .findFirst()
                .map(Anomaly::where);
          });
    } catch (ClusterException e) {
      listener.line(e.getMessage());
    }
    return last.isEmpty() ? CheckReport.of(session) : last.get(last.size() - 1);
  }

  private static boolean mayPass(Anomaly anomaly) {
    return switch (anomaly.kind()) {
      case DISAGREEMENT, HANDSHAKE, EPOCH_COLLISION, DOWN, CHAINED_REPLICA -> true;
      default -> false;
    };
  }

  private int repairSlots(CheckReport report, BooleanSupplier stop) throws InterruptedException {
    ClusterSnapshot snapshot = report.snapshot();
    SortedSet<Integer> slots = new TreeSet<>(report.foreignSlots());
    tellExpectant(snapshot);
    addAll(slots, snapshot.open());
    addAll(slots, snapshot.contested());
    addAll(slots, ownerless(snapshot));
    int repaired = 0;
    for (int slot : slots) {
      if (stop.getAsBoolean()) {
        break;
      }
      try {
        repaired += repair(snapshot, slot) ? 1 : 0;
      } catch (ClusterException e) {
        listener.line("[ERR] slot " + slot + ": " + e.getMessage());
      }
    }
    return repaired;
  }

  /**
   * A node does not learn by gossip who owns a slot that it has marked as coming: if it was to come
   * from a master that is gone, it knows no owner, takes the cluster for down, and gives no key of
   * any slot away. So all such nodes are told of all owners before anything else.
   */
  private void tellExpectant(ClusterSnapshot snapshot) throws InterruptedException {
    for (NodeReport node : snapshot.masters()) {
      for (OpenSlot mark : node.myself().openSlots()) {
        List<NodeReport> owners = snapshot.owners(mark.slot());
        if (mark.direction() == OpenSlot.Direction.IMPORTING
            && owners.size() == 1
            && !owners.get(0).id().equals(node.id())
            && !knows(node, mark.slot(), owners.get(0).id())) {
          String owner = owners.get(0).id();
          try {
            command(node, List.of("SETSLOT", Integer.toString(mark.slot()), "NODE", owner));
          } catch (ClusterException e) {
            listener.line("[ERR] slot " + mark.slot() + ": " + e.getMessage());
          }
        }
      }
    }
  }

  /** Slots without owner; those of a node that may come back only if its data is given up. */
  private SlotSet ownerless(ClusterSnapshot snapshot) {
    SlotSet slots = SlotSet.ALL.minus(snapshot.owned());
    for (AbsentNode node : snapshot.absent()) {
      SlotSet lost = SlotSet.of(node.view().slots());
      if (lost.intersects(slots) && !settings.withoutAbsent()) {
        slots = slots.minus(lost);
        listener.line(
            "[ERR] "
                + node
                + " owns slots and cannot be reached: start it, or let a replica take over, or give"
                + " its data up with --without-absent");
      }
    }
    return slots;
  }

  private boolean repair(ClusterSnapshot snapshot, int slot)
      throws ClusterException, InterruptedException {
    Map<String, SlotCommands> masters = session.masters(snapshot);
    Map<String, Long> keys = new LinkedHashMap<>();
    Map<String, CompletableFuture<Long>> counts = new LinkedHashMap<>();
    masters.forEach((id, node) -> counts.put(id, node.count(slot)));
    for (Map.Entry<String, CompletableFuture<Long>> count : counts.entrySet()) {
      keys.put(count.getKey(), Answers.await(masters.get(count.getKey()).node(), count.getValue()));
    }
    SlotSituation situation = SlotSituation.of(snapshot, slot, keys);
    Optional<SlotRepair> repair = SlotRepair.decide(situation, settings.withoutAbsent());
    if (repair.isEmpty()) {
      return false;
    }
    if (isOutdated(repair.get(), masters)) {
      // The next round sees how it is now.
      return true;
    }
    listener.line(describe(repair.get(), snapshot));
    new SlotRepairer(masters, settings.move(), rescue, MoveProgress.SILENT)
        .perform(repair.get(), situation);
    return true;
  }

  /**
   * Whether a master that is to give up the slot has done so by itself since: as a replica, say, it
   * would forget who owns the slot.
   */
  private static boolean isOutdated(SlotRepair repair, Map<String, SlotCommands> masters)
      throws ClusterException, InterruptedException {
    for (String loser : repair.disown()) {
      NodeConnection node = masters.get(loser).node();
      NodeReport now = Answers.await(node, NodeReport.of(node));
      if (!now.isMaster() || !now.myself().owns(repair.slot())) {
        return true;
      }
    }
    return false;
  }

  private static String describe(SlotRepair repair, ClusterSnapshot snapshot) {
    StringBuilder text = new StringBuilder(">>> Fixing slot ").append(repair.slot()).append(": ");
    text.append(name(repair.owner(), snapshot));
    text.append(repair.adopt() ? " takes it" : " owns it");
    repair.target().ifPresent(t -> text.append(", it goes on to ").append(name(t, snapshot)));
    if (!repair.gather().isEmpty()) {
      text.append(", keys are gathered from ").append(names(repair.gather(), snapshot));
    }
    if (!repair.clear().isEmpty()) {
      text.append(", marks are taken away on ").append(names(repair.clear(), snapshot));
    }
    return text.toString();
  }

  private static String names(List<String> ids, ClusterSnapshot snapshot) {
    return String.join(", ", ids.stream().map(id -> name(id, snapshot)).toList());
  }

  private static String name(String id, ClusterSnapshot snapshot) {
    return snapshot.report(id).map(report -> report.address().toString()).orElse(id);
  }

  private int repairNodes(CheckReport report) throws InterruptedException {
    int repaired = 0;
    for (Anomaly anomaly : report.anomalies()) {
      try {
        repaired +=
            switch (anomaly.kind()) {
              case CHAINED_REPLICA -> attachToMasters(report.snapshot());
              case EPOCH_COLLISION -> raiseEpochs(report.snapshot());
              case DISAGREEMENT -> tellOwners(report.snapshot(), anomaly);
              default -> 0;
            };
      } catch (ClusterException e) {
        listener.line("[ERR] " + e.getMessage());
      }
    }
    return repaired;
  }

  private int attachToMasters(ClusterSnapshot snapshot)
      throws ClusterException, InterruptedException {
    int attached = 0;
    for (NodeReport replica : snapshot.reports()) {
      Optional<String> master =
          replica
              .myself()
              .master()
              .flatMap(snapshot::report)
              .filter(node -> !node.isMaster())
              .flatMap(node -> node.myself().master());
      if (master.isPresent()) {
        listener.line(
            ">>> " + replica.address() + " shall replicate " + name(master.get(), snapshot));
        command(replica, List.of("REPLICATE", master.get()));
        attached++;
      }
    }
    return attached;
  }

  private int raiseEpochs(ClusterSnapshot snapshot) throws ClusterException, InterruptedException {
    // One at a time: each gets an epoch that is higher than all others.
    for (NodeReport master : snapshot.masters()) {
      command(master, List.of("BUMPEPOCH"));
    }
    return snapshot.masters().size();
  }

  private int tellOwners(ClusterSnapshot snapshot, Anomaly anomaly)
      throws ClusterException, InterruptedException {
    int told = 0;
    for (NodeReport node : snapshot.masters()) {
      if (!anomaly.nodes().contains(node.address().toString())) {
        continue;
      }
      for (int slot : slots(anomaly.slots())) {
        List<NodeReport> owners = snapshot.owners(slot);
        if (owners.size() == 1 && !knows(node, slot, owners.get(0).id())) {
          command(node, List.of("SETSLOT", Integer.toString(slot), "NODE", owners.get(0).id()));
          told++;
        }
      }
    }
    return told;
  }

  private static boolean knows(NodeReport node, int slot, String owner) {
    return node.view().node(owner).filter((NodeView view) -> view.owns(slot)).isPresent();
  }

  private void command(NodeReport node, List<String> words)
      throws ClusterException, InterruptedException {
    Answers.await(session.node(node.id()), session.node(node.id()).text("CLUSTER", words));
  }

  private static SortedSet<Integer> slots(SlotSet set) {
    SortedSet<Integer> slots = new TreeSet<>();
    addAll(slots, set);
    return slots;
  }

  private static void addAll(SortedSet<Integer> slots, SlotSet set) {
    for (SlotRange range : set.ranges()) {
      for (int slot = range.first(); slot <= range.last(); slot++) {
        slots.add(slot);
      }
    }
  }
}
