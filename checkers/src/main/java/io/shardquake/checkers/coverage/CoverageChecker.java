package io.shardquake.checkers.coverage;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.ClusterTimeline;
import io.shardquake.checkers.topology.ViewPeriod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges what the nodes said about slots. Gaps, double claims, open slots and disagreements that
 * pass are what a cluster does under faults, and are noted with their durations. After everything
 * has been healed the nodes must agree, every slot must have one living owner, and nothing may be
 * open: what is not so at the end is a violation. The conclusion is {@link Validity#UNKNOWN} if no
 * node was heard after the last heal.
 *
 * <p>Durations are as sampled: a state that came and went between two samples was not seen.
 */
public final class CoverageChecker implements Checker {
  public static final String NAME = "slot-coverage";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    ClusterTimeline timeline = evidence.topology().timeline();
    if (timeline.all().stream().allMatch(period -> period.view().isEmpty())) {
      String reason =
          evidence.topology().samples().isEmpty()
              ? "the topology was not sampled"
              : "no node ever gave a view of the cluster that can be read";
      return Verdict.of(NAME, Validity.UNKNOWN, reason);
    }
    Healing healing = Healing.of(evidence.faults());
    FinalState end =
        FinalState.of(
            timeline, healing.complete() ? Finding.Severity.VIOLATION : Finding.Severity.NOTE);
    PassingFindings passing = PassingFindings.of(timeline, end);
    List<Finding> findings = new ArrayList<>(end.problems());
    end.silent().forEach(period -> findings.add(silence(period)));
    findings.addAll(passing.findings());
    Optional<String> obstacle = obstacle(healing, end);
    Validity validity = Validity.VALID;
    String reason = "at the end all nodes agree, every slot is covered and nothing is open";
    if (obstacle.isPresent()) {
      validity = Validity.UNKNOWN;
      reason = obstacle.get();
    } else if (!end.problems().isEmpty()) {
      validity = Validity.INVALID;
      reason = end.problems().get(0).summary();
    }
    return new Verdict(
        NAME, validity, reason, findings, statistics(evidence, end, passing), List.of());
  }

  /** What keeps the end from being judged. */
  private static Optional<String> obstacle(Healing healing, FinalState end) {
    if (!healing.complete()) {
      return Optional.of("the recording ends before healing: " + healing.openFaults() + " is open");
    }
    if (end.answering().isEmpty()) {
      return Optional.of("no node answered at the end");
    }
    if (end.lastAnswerNanos() < healing.lastNanos()) {
      return Optional.of(
          "no node was heard after the last heal at " + FindingText.seconds(healing.lastNanos()));
    }
    if (end.problems().isEmpty() && !end.unproven().isEmpty()) {
      return Optional.of("not sampled at the same time: " + end.unproven().get(0));
    }
    return Optional.empty();
  }

  private static Finding silence(ViewPeriod period) {
    Map<String, Value> data = FindingText.between(period.fromNanos(), period.lastNanos());
    data.put("observers", FindingText.names(List.of(period.observer())));
    return FindingText.finding(
        "node-silent",
        Finding.Severity.HAZARD,
        period.observer() + " did not answer at the end",
        "Since %s: %s".formatted(FindingText.seconds(period.fromNanos()), period.silence()),
        data);
  }

  private static Value.Mapping statistics(
      Evidence evidence, FinalState end, PassingFindings passing) {
    Map<String, Value> figures = new LinkedHashMap<>();
    figures.put("samples", Value.of(evidence.topology().samples().size()));
    figures.put(
        "unanswered",
        Value.of(evidence.topology().samples().stream().filter(s -> !s.answered()).count()));
    figures.put("nodesAnsweringAtEnd", Value.of(end.answering().size()));
    figures.put("nodesSilentAtEnd", Value.of(end.silent().size()));
    figures.putAll(passing.statistics());
    return new Value.Mapping(figures);
  }
}
