package io.shardquake.harness.sim.invariant;

import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Value;
import io.shardquake.faults.network.Direction;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.sim.node.SimNode;
import io.shardquake.harness.sim.node.Witness;
import io.shardquake.harness.target.ClusterOptions.AppendFsync;
import io.shardquake.node.core.Effect;
import io.shardquake.node.core.cluster.ClusterInsight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at every node after every turn, and at everything that it sends:
 *
 * <ul>
 *   <li>the current epoch, the node's config epoch and the epoch of its last vote never go back
 *       within one life of its process;
 *   <li>a node votes at most once in an epoch, over all its lives;
 *   <li>in an epoch at most one master claims a slot;
 *   <li>the replication offset of a node that stays master never goes back;
 *   <li>under {@code appendfsync always} nothing is said to a client while a part of the log is not
 *       on disk;
 *   <li>no node crashes.
 * </ul>
 */
public final class Invariants implements Witness {
  private static final int MOST_BREACHES = 20;

  private final boolean logsFirst;
  private final Map<SimNode, Memory> memories = new LinkedHashMap<>();
  private final Votes votes = new Votes();
  private final Claims claims;
  private final List<Breach> breaches = new ArrayList<>();
  private long looks;

  public Invariants(Experiment experiment) {
    this.logsFirst = experiment.cluster().appendFsync() == AppendFsync.ALWAYS;
    this.claims = new Claims(experiment.plan());
  }

  /** Whether so much is broken that it is not worth to go on. */
  public boolean areBroken() {
    return breaches.size() >= MOST_BREACHES;
  }

  @Override
  public void turned(SimNode node, List<Effect> effects) {
    Optional<ClusterInsight> insight = node.core().flatMap(core -> core.clusterInsight());
    if (insight.isPresent()) {
      looks++;
      look(node, insight.get());
    }
  }

  private void look(SimNode node, ClusterInsight now) {
    Memory memory = memories.get(node);
    if (memory == null) {
      memory = new Memory();
      memories.put(node, memory);
    }
    if (!memory.fresh) {
      requireNotLess(node, "current-epoch-went-back", memory.currentEpoch, now.currentEpoch());
      requireNotLess(node, "config-epoch-went-back", memory.configEpoch, now.configEpoch());
      requireNotLess(node, "vote-epoch-went-back", memory.lastVoteEpoch, now.lastVoteEpoch());
      if (memory.master && now.isMaster()) {
        requireNotLess(node, "offset-went-back", memory.offset, now.replicationOffset());
      }
    }
    boolean claimsAnew =
        now.isMaster()
            && (memory.slotChanges != now.slotChanges()
                || memory.configEpoch != now.configEpoch()
                || !memory.master);
    if (claimsAnew) {
      claims.conflict(now).ifPresent(what -> breach(node, "two-owners-in-one-epoch", what, ""));
    }
    memory.note(now);
  }

  private void requireNotLess(SimNode node, String kind, long before, long after) {
    if (after < before) {
      breach(node, kind, "from " + before + " to " + after, "");
    }
  }

  @Override
  public void performing(SimNode node, Effect effect) {
    if (!(effect instanceof Effect.Send send)) {
      return;
    }
    votes
        .second(node.facts().name(), send.data())
        .ifPresent(what -> breach(node, "second-vote-in-one-epoch", what, ""));
    if (logsFirst
        && node.peerOf(send.connection()).equals(Direction.CLIENTS)
        && !node.disk().isSynced(Invariants::isLog)) {
      breach(
          node,
          "acknowledged-before-synced",
          "a client was answered while the log was not on disk",
          "");
    }
  }

  private static boolean isLog(String file) {
    return file.endsWith(".incr.aof");
  }

  @Override
  public void process(SimNode node, String what) {
    memories.remove(node);
  }

  @Override
  public void crashed(SimNode node, Throwable failure) {
    StringBuilder where = new StringBuilder(failure.toString());
    for (StackTraceElement element : failure.getStackTrace()) {
      if (element.getClassName().startsWith("io.shardquake.harness")) {
        break;
      }
      where.append("\n  at ").append(element);
    }
    breach(node, "node-crashed", "the node crashed: " + failure, where.toString());
  }

  private void breach(SimNode node, String kind, String what, String detail) {
    if (!areBroken()) {
      breaches.add(new Breach(kind, node.nowNanos(), node.facts().name(), what, detail));
    }
  }

  /** What came of it. */
  public Verdict verdict() {
    Value.Mapping statistics = new Value.Mapping(Map.of("looks", Value.of(looks)));
    if (breaches.isEmpty()) {
      return new Verdict(
          "invariants", Validity.VALID, "held after every turn", List.of(), statistics, List.of());
    }
    Breach first = breaches.get(0);
    return new Verdict(
        "invariants",
        Validity.INVALID,
        first.kind() + ": " + first.finding().summary(),
        breaches.stream().map(Breach::finding).toList(),
        statistics,
        List.of());
  }
}
