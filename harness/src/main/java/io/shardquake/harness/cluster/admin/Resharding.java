package io.shardquake.harness.cluster.admin;

import io.shardquake.harness.cluster.Answers;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.Readiness;
import io.shardquake.harness.cluster.SlotCommands;
import io.shardquake.harness.cluster.check.Anomaly;
import io.shardquake.harness.cluster.check.AnomalyKind;
import io.shardquake.harness.cluster.check.CheckReport;
import io.shardquake.harness.cluster.check.ClusterDiagnosis;
import io.shardquake.harness.cluster.move.Conflicts;
import io.shardquake.harness.cluster.move.MoveProgress;
import io.shardquake.harness.cluster.move.MoveSchedule;
import io.shardquake.harness.cluster.move.MoveSettings;
import io.shardquake.harness.cluster.move.SlotMover;
import io.shardquake.harness.cluster.plan.SlotMove;
import io.shardquake.harness.cluster.state.ClusterSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves many slots of a cluster that is in use. Used by one thread. */
public final class Resharding {
  private static final Logger LOG = LoggerFactory.getLogger(Resharding.class);
  private static final Duration CONVERGENCE = Duration.ofSeconds(10);

  private final ClusterSession session;
  private final MoveSettings settings;

  public Resharding(ClusterSession session, MoveSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /**
   * Refuses a cluster in which moving slots would make things worse. Slots that are open because
   * one of these very moves was interrupted are no reason.
   *
   * @throws ClusterException naming what has to be repaired first
   */
  public static void requireSound(CheckReport report, List<SlotMove> moves)
      throws ClusterException {
    List<SlotMove> underWay = moves.stream().filter(move -> isOpen(report, move)).toList();
    for (Anomaly anomaly : report.anomalies()) {
      boolean ours =
          underWay.stream().anyMatch(move -> anomaly.slots().contains(move.slot()))
              && (anomaly.kind() == AnomalyKind.OPEN
                  || anomaly.kind() == AnomalyKind.OPEN_AT_TARGET);
      if (!ours && isInTheWay(anomaly.kind())) {
        throw new ClusterException(
            "please fix your cluster problems before resharding ("
                + anomaly.where()
                + "): 'cluster check' explains them, 'cluster fix' repairs them");
      }
    }
  }

  private static boolean isOpen(CheckReport report, SlotMove move) {
    return report
        .snapshot()
        .report(move.to())
        .flatMap(
            target ->
                target.myself().openSlots().stream()
                    .filter(mark -> mark.slot() == move.slot())
                    .findFirst())
        .filter(mark -> mark.peer().equals(move.from()))
        .isPresent();
  }

  private static boolean isInTheWay(AnomalyKind kind) {
    return switch (kind) {
      case OWNER_DOWN,
          UNCOVERED,
          OPEN,
          OPEN_AT_SOURCE,
          OPEN_AT_TARGET,
          CONTESTED,
          FOREIGN_KEYS,
          DOWN ->
          true;
      case UNREACHABLE, STALE_MARK, DISAGREEMENT, HANDSHAKE, CHAINED_REPLICA, EPOCH_COLLISION ->
          false;
    };
  }

  /** How many keys the slots that are to be moved hold now, on the masters that give them. */
  public long keys(List<SlotMove> moves) throws ClusterException, InterruptedException {
    Map<String, List<CompletableFuture<Long>>> pending = new TreeMap<>();
    Map<String, SlotCommands> masters = session.masters(session.snapshot());
    for (SlotMove move : moves) {
      SlotCommands master = masters.get(move.from());
      if (master != null) {
        pending
            .computeIfAbsent(move.from(), id -> new ArrayList<>())
            .add(master.count(move.slot()));
      }
    }
    long keys = 0;
    for (Map.Entry<String, List<CompletableFuture<Long>>> entry : pending.entrySet()) {
      keys +=
          Answers.awaitAll(masters.get(entry.getKey()).node(), entry.getValue()).stream()
              .mapToLong(Long::longValue)
              .sum();
    }
    return keys;
  }

  /**
   * Takes the marks away that an interruption has left on slots after they had arrived: the former
   * owner learns of the new one by gossip, but goes on to call the slot one that moves.
   */
  public void close(List<SlotMove> arrived) throws ClusterException, InterruptedException {
    Map<String, SlotCommands> masters = session.masters(session.snapshot());
    Map<String, List<CompletableFuture<String>>> pending = new TreeMap<>();
    for (SlotMove move : arrived) {
      SlotCommands source = masters.get(move.from());
      if (source != null) {
        pending
            .computeIfAbsent(move.from(), id -> new ArrayList<>())
            .add(source.owner(move.slot(), move.to()));
      }
    }
    for (Map.Entry<String, List<CompletableFuture<String>>> entry : pending.entrySet()) {
      Answers.awaitAll(masters.get(entry.getKey()).node(), entry.getValue());
    }
  }

  /**
   * Moves the slots, then waits a little until all nodes know.
   *
   * @param stop asked again and again; once true, the slots in hand are finished and no others
   *     begun
   * @return how many slots were moved
   * @throws ClusterException the first failure; every key stays reachable, and the same moves can
   *     be begun again
   */
  public int run(List<SlotMove> moves, MoveProgress progress, BooleanSupplier stop)
      throws ClusterException, InterruptedException {
    SlotMover mover =
        new SlotMover(session.masters(session.snapshot()), settings, Conflicts.REFUSE, progress);
    int moved = MoveSchedule.run(moves, mover, stop);
    try {
      Readiness.await(CONVERGENCE, this::disagreement);
    } catch (ClusterException e) {
      LOG.debug("the slots are moved, but not everybody knows: {}", e.getMessage());
    }
    return moved;
  }

  private Optional<String> disagreement() throws ClusterException, InterruptedException {
    return ClusterDiagnosis.of(session.snapshot(), Map.of()).stream()
        .filter(anomaly -> anomaly.kind() == AnomalyKind.DISAGREEMENT)
        .findFirst()
        .map(Anomaly::where);
  }
}
