package io.shardquake.checkers.contract;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Findings;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.ViewPeriod;
import java.util.List;
import java.util.Optional;

/**
 * Whether epochs only grow: the current epoch of a node (H02) and the config epoch of a master
 * never go back, the latter over restarts too, for it is on disk before a node goes on (H03). Redis
 * notes a current epoch that it only heard of together with the next thing that it saves, so that a
 * crash may lose it: nobody was voted for by it. A node whose configuration file a fault took away
 * has forgotten them rightly.
 */
final class EpochChecker implements Checker {
  private static final List<String> FORGETTING = List.of("config", "nodes-conf", "reset", "forget");
  private static final List<String> ENDING = List.of("kill", "crash", "restart");

  @Override
  public String name() {
    return "epochs-grow";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    Masters masters = new Masters(evidence.topology().timeline());
    List<Strike> strikes = Strike.of(evidence.faults());
    Findings findings = new Findings();
    long compared = 0;
    for (var node : masters.ownWords().entrySet()) {
      if (forgets(node.getKey(), strikes)) {
        continue;
      }
      Optional<ViewPeriod> before = Optional.empty();
      for (ViewPeriod now : node.getValue()) {
        if (before.isPresent()) {
          compared++;
          boolean crashed = crashed(node.getKey(), before.get(), now, strikes);
          compare(node.getKey(), before.get(), now, crashed, findings);
        }
        before = Optional.of(now);
      }
    }
    if (compared == 0 && evidence.topology().samples().isEmpty()) {
      return Verdict.of(name(), Validity.UNKNOWN, "the topology was not sampled");
    }
    return new PromiseVerdict("H02 H03")
        .with("changesOfView", compared)
        .of(name(), findings, "no epoch went back in %,d changes of view".formatted(compared));
  }

  private static boolean forgets(String node, List<Strike> strikes) {
    return strikes.stream()
        .filter(strike -> strike.nodes().contains(node))
        .anyMatch(strike -> FORGETTING.stream().anyMatch(strike.kind()::contains));
  }

  /** Whether a fault ended the process of a node between two times at which it spoke. */
  private static boolean crashed(
      String node, ViewPeriod before, ViewPeriod after, List<Strike> strikes) {
    return strikes.stream()
        .filter(strike -> strike.nodes().contains(node))
        .filter(strike -> ENDING.stream().anyMatch(strike.kind()::contains))
        .anyMatch(
            strike ->
                strike.begunNanos() <= after.fromNanos()
                    && strike.overNanos() >= before.lastNanos());
  }

  private static void compare(
      String name, ViewPeriod old, ViewPeriod young, boolean crashed, Findings findings) {
    ClusterView before = old.view().orElseThrow();
    ClusterView after = young.view().orElseThrow();
    long epoch = before.info().currentEpoch();
    if (after.info().currentEpoch() < epoch) {
      long now = after.info().currentEpoch();
      Severity severity = crashed ? Severity.NOTE : Severity.VIOLATION;
      tell(severity, name, "current", epoch, now, young, findings);
    }
    Optional<NodeView> was = before.myself().filter(node -> node.is(NodeFlag.MASTER));
    Optional<NodeView> is = after.myself().filter(node -> node.is(NodeFlag.MASTER));
    if (was.isPresent() && is.isPresent() && sameNode(was.get(), is.get())) {
      long config = was.get().configEpoch();
      if (is.get().configEpoch() < config) {
        tell(Severity.VIOLATION, name, "config", config, is.get().configEpoch(), young, findings);
      }
    }
  }

  private static boolean sameNode(NodeView one, NodeView other) {
    return one.id().equals(other.id());
  }

  private static void tell(
      Severity severity,
      String node,
      String which,
      long before,
      long after,
      ViewPeriod seen,
      Findings findings) {
    findings.add(
        "epoch-went-back",
        severity,
        Value.nil(),
        "the %s epoch of %s went back from %d to %d by %.3f s"
            .formatted(which, node, before, after, seen.fromNanos() / 1e9),
        List.of());
  }
}
