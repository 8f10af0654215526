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
import io.shardquake.checkers.topology.SlotSet;
import io.shardquake.checkers.topology.ViewPeriod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a slot ever had two owners in one config epoch (G13), by what masters said of themselves.
 * Two elections cannot have one winner each in an epoch, for every master votes once in it; so two
 * such claims mean that somebody voted twice, or was not elected. A takeover without the majority
 * (CLUSTER FAILOVER TAKEOVER) takes its epoch by itself, and may collide.
 */
final class OneOwnerChecker implements Checker {
  private record Claim(String node, SlotSet slots, long seenNanos) {}

  @Override
  public String name() {
    return "one-owner-per-epoch";
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    if (evidence.topology().samples().isEmpty()) {
      return Verdict.of(name(), Validity.UNKNOWN, "the topology was not sampled");
    }
    boolean takenOver =
        Strike.of(evidence.faults()).stream()
            .anyMatch(
                strike -> strike.kind().contains("takeover") || strike.kind().contains("epoch"));
    Map<Long, List<Claim>> claims = new HashMap<>();
    Findings findings = new Findings();
    Masters masters = new Masters(evidence.topology().timeline());
    masters
        .ownWords()
        .forEach(
            (node, periods) ->
                periods.forEach(period -> add(node, period, claims, takenOver, findings)));
    return new PromiseVerdict("G13 A06")
        .with("configEpochs", claims.size())
        .of(
            name(),
            findings,
            "no slot had two owners in any of %,d config epochs".formatted(claims.size()));
  }

  private static void add(
      String name,
      ViewPeriod period,
      Map<Long, List<Claim>> claims,
      boolean takenOver,
      Findings findings) {
    NodeView me = period.view().flatMap(ClusterView::myself).orElse(null);
    if (me == null || !me.is(NodeFlag.MASTER) || me.slots().isEmpty() || me.configEpoch() == 0) {
      return;
    }
    SlotSet slots = SlotSet.of(me.slots());
    List<Claim> same = claims.computeIfAbsent(me.configEpoch(), epoch -> new ArrayList<>());
    for (Claim other : same) {
      SlotSet both = other.slots().and(slots);
      if (!other.node().equals(name) && !both.isEmpty()) {
        findings.add(
            "two-owners-in-one-epoch",
            takenOver ? Severity.HAZARD : Severity.VIOLATION,
            Value.nil(),
            "%s and %s both owned slots %s in config epoch %d"
                .formatted(other.node(), name, both, me.configEpoch()),
            List.of());
      }
    }
    same.removeIf(claim -> claim.node().equals(name) && claim.slots().equals(slots));
    same.add(new Claim(name, slots, period.fromNanos()));
  }
}
