package io.shardquake.checkers.contract;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Findings;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.ClusterTimeline;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.ViewPeriod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether the nodes have come to one view after everything was healed and the cluster was whole: no
 * node holds another for failed (F05, F06), and masters have config epochs of their own (H08).
 * Flags are cleared two node timeouts after a node is back at the latest; what is sampled before
 * that proves nothing.
 */
final class ConvergenceChecker implements Checker {
  private final ClusterTerms terms;

  ConvergenceChecker(ClusterTerms terms) {
    this.terms = terms;
  }

  @Override
  public String name() {
    return "convergence";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    long healed =
        evidence.faults().events().stream()
            .filter(event -> event.fault() < 0 && event.phase() == Phase.HEALED)
            .mapToLong(FaultEvent::timeNanos)
            .min()
            .orElse(Long.MAX_VALUE);
    if (healed == Long.MAX_VALUE) {
      return Verdict.of(name(), Validity.UNKNOWN, "the run ended before everything was healed");
    }
    long settled = healed + 2 * terms.nodeTimeout().toNanos() + 1_000_000_000;
    Findings findings = new Findings();
    Map<Long, String> epochs = new TreeMap<>();
    long judged = 0;
    ClusterTimeline timeline = evidence.topology().timeline();
    for (String observer : timeline.observers()) {
      List<ViewPeriod> periods = timeline.of(observer);
      ViewPeriod last = periods.get(periods.size() - 1);
      Optional<ClusterView> view = last.view();
      if (view.isPresent() && last.lastNanos() > settled) {
        judged++;
        flags(observer, view.get(), timeline, findings);
        view.get().myself().ifPresent(me -> epoch(observer, me, epochs, findings));
      }
    }
    return new PromiseVerdict("F05 F06 H08")
        .with("nodesJudged", judged)
        .of(
            name(),
            findings,
            judged == 0
                ? "the run ended within two node timeouts after everything was healed"
                : "no node holds another for failed, and no two masters share a config epoch");
  }

  private static void flags(
      String observer, ClusterView view, ClusterTimeline timeline, Findings findings) {
    for (NodeView node : view.nodes()) {
      if (node.is(NodeFlag.FAIL)) {
        findings.add(
            "fail-flag-left",
            Severity.VIOLATION,
            Value.nil(),
            "%s still holds %s for failed".formatted(observer, timeline.nameOf(node.id())),
            List.of());
      }
    }
  }

  private static void epoch(
      String observer, NodeView me, Map<Long, String> epochs, Findings findings) {
    if (!me.is(NodeFlag.MASTER) || me.slots().isEmpty()) {
      return;
    }
    String other = epochs.putIfAbsent(me.configEpoch(), observer);
    if (other != null) {
      findings.add(
          "config-epoch-shared",
          Severity.VIOLATION,
          Value.nil(),
          "%s and %s have the same config epoch, %d".formatted(other, observer, me.configEpoch()),
          List.of());
    }
  }
}
