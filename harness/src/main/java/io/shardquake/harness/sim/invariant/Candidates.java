package io.shardquake.harness.sim.invariant;

import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.sim.node.SimNode;
import io.shardquake.node.core.cluster.ClusterInsight;
import java.util.HashMap;
import java.util.Map;

/**
 * When replicas may ask for votes: not with data that is too old (G01), or another master's, and
 * one with siblings ahead of it only when these have had their turn (G12).
 */
final class Candidates {
  private static final long FIXED_DELAY_MILLIS = 500;
  private static final long RANK_DELAY_MILLIS = 1000;

  /** What ticks, drift and rounding may take from a delay. */
  private static final long TOLERANCE_MILLIS = 100;

  private static final String FACTOR = "cluster-replica-validity-factor";
  private static final String PERIOD = "repl-ping-replica-period";

  private final Complaint complaint;
  private final long timeoutMillis;
  private final long factor;
  private final long periodMillis;
  private final Map<SimNode, Waiting> waiting = new HashMap<>();
  private final Map<SimNode, Long> lastFailure = new HashMap<>();

  /** Since when a replica knows that its master has failed, and how many are ahead at least. */
  private static final class Waiting {
    String master = "";
    long sinceNanos;
    int ahead;
  }

  Candidates(Experiment experiment, Complaint complaint) {
    this.complaint = complaint;
    this.timeoutMillis = experiment.cluster().nodeTimeout().toMillis();
    this.factor = directive(experiment, FACTOR, 10);
    this.periodMillis = 1000 * directive(experiment, PERIOD, 10);
  }

  private static long directive(Experiment experiment, String name, long otherwise) {
    return experiment.cluster().directives().stream()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1).strip()))
        .findFirst()
        .orElse(otherwise);
  }

  /** Looks at a replica after its turn. */
  void look(SimNode node, ClusterInsight now) {
    String master = now.isMaster() ? "" : now.masterId();
    if (master.isEmpty() || !now.holdsFailed(master)) {
      if (waiting.remove(node) != null) {
        lastFailure.put(node, node.nowNanos());
      }
      return;
    }
    Waiting known = waiting.get(node);
    if (known == null || !known.master.equals(master)) {
      known = new Waiting();
      known.master = master;
      known.sinceNanos = node.nowNanos();
      known.ahead = now.siblingsAhead();
      waiting.put(node, known);
    } else if (known.ahead > 0) {
      known.ahead = Math.min(known.ahead, now.siblingsAhead());
    }
  }

  /** A replica is about to ask for votes that nobody told it to ask for. */
  void asks(SimNode node, ClusterInsight now) {
    long tooOld = periodMillis + timeoutMillis * (factor + 1) + 1000 + TOLERANCE_MILLIS;
    if (factor > 0 && now.silenceMillis() > tooOld) {
      complaint.of(
          node,
          "candidate-with-old-data",
          "it asks for votes "
              + now.silenceMillis()
              + " ms after it heard of its master, which"
              + " is more than "
              + tooOld);
    }
    if (!now.isOfItsMaster()) {
      complaint.of(
          node,
          "candidate-with-others-data",
          "it asks for votes and has not got the data of its master, but another one's");
    }
    Waiting known = waiting.get(node);
    if (known == null || mayGoOn(node, known)) {
      return;
    }
    long waited = (node.nowNanos() - known.sinceNanos) / 1_000_000;
    long due = FIXED_DELAY_MILLIS + known.ahead * RANK_DELAY_MILLIS - TOLERANCE_MILLIS;
    if (known.ahead > 0 && waited < due) {
      complaint.of(
          node,
          "candidate-before-its-turn",
          "it asks for votes after "
              + waited
              + " ms although "
              + known.ahead
              + " siblings have"
              + " more of its master's data");
    }
  }

  /**
   * Whether its master had failed shortly before as well: a replica that waited then and had no
   * need to ask need not wait again.
   */
  private boolean mayGoOn(SimNode node, Waiting known) {
    long attempt = 4 * Math.max(2 * timeoutMillis, 2000) * 1_000_000;
    Long before = lastFailure.get(node);
    return before != null && known.sinceNanos - before < attempt;
  }

  /** A process has ended. */
  void forget(SimNode node) {
    waiting.remove(node);
    lastFailure.remove(node);
  }
}
