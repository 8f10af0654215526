package io.shardquake.harness.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.faultlog.FaultLog;
import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.statistics.StatisticsChecker;
import io.shardquake.checkers.topology.TopologyLog;
import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.faults.plan.Selector;
import io.shardquake.harness.experiment.Contract;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunJudgeTest {
  private static final FaultPlan PLAN =
      new FaultPlan(
          List.of(
              Fault.of(
                  "kill",
                  Selector.parse("random-master"),
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(1)),
              Fault.of(
                  "pause",
                  Selector.parse("node 1"),
                  Duration.ofSeconds(3),
                  Duration.ofSeconds(1))));
  private static final FaultEvent BIT = event(0, Phase.BIT, "kill");
  private static final FaultEvent WHOLE = event(-1, Phase.HEALED, "recovery");
  private static final FaultEvent NOT_WHOLE = event(-1, Phase.HEAL_FAILED, "recovery");

  private static FaultEvent event(int fault, Phase phase, String kind) {
    return new FaultEvent(0, fault, phase, kind, List.of("n1"), "detail", Value.Mapping.EMPTY);
  }

  private static Evidence evidence(boolean succeeded, FaultEvent... events) {
    History.Builder history = new History.Builder();
    history.invoke(new Invocation(0, 0, 0, "read", Value.of("k"), Value.nil()));
    history.complete(
        0,
        succeeded
            ? new Completion.Ok(1, 1, Value.nil(), Attribution.NONE)
            : new Completion.Fail(1, 1, "CLUSTERDOWN", Attribution.NONE));
    return new Evidence(history.build(), TopologyLog.EMPTY, new FaultLog(List.of(events)));
  }

  private static Checker answering(Validity validity) {
    Finding lost =
        new Finding("lost-write", Severity.VIOLATION, "lost", "", List.of(0L), Value.Mapping.EMPTY);
    return checker(
        new Verdict(
            "linearizability",
            validity,
            "because",
            validity == Validity.INVALID ? List.of(lost) : List.of(),
            Value.Mapping.EMPTY,
            List.of()));
  }

  private static Checker checker(Verdict verdict) {
    return new Checker() {
      @Override
      public String name() {
        return verdict.checker();
      }

      @Override
      public Verdict check(Evidence evidence, Limits limits) {
        return verdict;
      }
    };
  }

  private static Checker broken() {
    return new Checker() {
      @Override
      public String name() {
        return "linearizability";
      }

      @Override
      public Verdict check(Evidence evidence, Limits limits) {
        throw new IllegalStateException("oops");
      }
    };
  }

  private static Verdict judge(Contract contract, Checker strict, Evidence evidence) {
    return new RunJudge(contract, PLAN, List.of(strict), List.of(new StatisticsChecker()))
        .judge(evidence, Limits.DEFAULT);
  }

  private static List<Severity> severities(Verdict verdict) {
    return Stream.concat(Stream.of(verdict), verdict.parts().stream())
        .flatMap(part -> part.findings().stream())
        .filter(finding -> finding.kind().equals("lost-write"))
        .map(Finding::severity)
        .toList();
  }

  @Test
  void aLostWriteBreaksLinearizability() {
    Verdict verdict =
        judge(Contract.LINEARIZABLE, answering(Validity.INVALID), evidence(true, BIT, WHOLE));

    assertThat(verdict.validity()).isEqualTo(Validity.INVALID);
    assertThat(severities(verdict)).containsExactly(Severity.VIOLATION);
    assertThat(verdict.reason())
        .isEqualTo("linearizability: because; strongest level that held: redis-cluster");
  }

  @Test
  void aLostWriteIsAHazardThatRedisClusterAllows() {
    Verdict verdict =
        judge(Contract.REDIS_CLUSTER, answering(Validity.INVALID), evidence(true, BIT, WHOLE));

    assertThat(verdict.validity()).isEqualTo(Validity.VALID);
    assertThat(severities(verdict)).containsExactly(Severity.HAZARD);
    assertThat(verdict.reason())
        .isEqualTo("redis-cluster was kept; strongest level that held: redis-cluster");
  }

  @Test
  void namesTheStrongestLevelAlsoWhenLessWasDemanded() {
    Verdict verdict =
        judge(Contract.REDIS_CLUSTER, answering(Validity.VALID), evidence(true, BIT, WHOLE));

    assertThat(verdict.reason()).endsWith("strongest level that held: linearizable");
    assertThat(verdict.statistics().entries())
        .containsEntry("strongest-level", Value.of("linearizable"))
        .containsEntry("contract", Value.of("redis-cluster"));
  }

  @Test
  void redisClusterDoesNotNeedLinearizabilityToBeDecided() {
    Verdict verdict =
        judge(Contract.REDIS_CLUSTER, answering(Validity.UNKNOWN), evidence(true, BIT, WHOLE));

    assertThat(verdict.validity()).isEqualTo(Validity.VALID);
    assertThat(verdict.reason()).endsWith("redis-cluster, perhaps linearizable");
  }

  @Test
  void aCheckerThatThrowsMakesTheVerdictUnknownUnderAnyContract() {
    Verdict verdict = judge(Contract.REDIS_CLUSTER, broken(), evidence(true, BIT, WHOLE));

    assertThat(verdict.validity()).isEqualTo(Validity.UNKNOWN);
    assertThat(verdict.reason()).contains("broke down: java.lang.IllegalStateException: oops");
  }

  @Test
  void linearizableCannotBeValidIfNobodyWasAskedForIt() {
    Evidence evidence = evidence(true, BIT, WHOLE);
    List<Checker> always = List.of(new StatisticsChecker());
    RunJudge strict = new RunJudge(Contract.LINEARIZABLE, PLAN, List.of(), always);
    RunJudge lenient = new RunJudge(Contract.REDIS_CLUSTER, PLAN, List.of(), always);

    Verdict verdict = strict.judge(evidence, Limits.DEFAULT);

    assertThat(verdict.validity()).isEqualTo(Validity.UNKNOWN);
    assertThat(verdict.reason()).contains("no linearizability checker");
    assertThat(lenient.judge(evidence, Limits.DEFAULT).validity()).isEqualTo(Validity.VALID);
  }

  @Test
  void trafficThatNeverSucceededProvesNothing() {
    Verdict verdict =
        judge(Contract.REDIS_CLUSTER, answering(Validity.VALID), evidence(false, BIT, WHOLE));

    assertThat(verdict.validity()).isEqualTo(Validity.UNKNOWN);
    assertThat(verdict.reason()).startsWith("statistics: none of 1 operations succeeded");
  }

  @Test
  void faultsThatNeverBitProveNothing() {
    Verdict verdict =
        judge(
            Contract.REDIS_CLUSTER,
            answering(Validity.VALID),
            evidence(true, event(0, Phase.MISSED, "kill"), WHOLE));

    assertThat(verdict.validity()).isEqualTo(Validity.UNKNOWN);
    assertThat(verdict.reason()).startsWith("faults: none of 2 faults bit");
  }

  @Test
  void eachFaultWithoutEffectIsTold() {
    Verdict verdict =
        judge(Contract.REDIS_CLUSTER, answering(Validity.VALID), evidence(true, BIT, WHOLE));

    assertThat(verdict.validity()).isEqualTo(Validity.VALID);
    assertThat(verdict.parts())
        .filteredOn(part -> part.checker().equals("faults"))
        .singleElement()
        .satisfies(
            part ->
                assertThat(part.findings())
                    .extracting(Finding::summary)
                    .containsExactly("fault 1 (pause node 1 at 3s for 1s) never began"));
  }

  @Test
  void anExperimentWithoutFaultsMayBeValid() {
    Verdict verdict =
        new RunJudge(
                Contract.REDIS_CLUSTER,
                FaultPlan.EMPTY,
                List.of(answering(Validity.VALID)),
                List.of())
            .judge(evidence(true, WHOLE), Limits.DEFAULT);

    assertThat(verdict.validity()).isEqualTo(Validity.VALID);
  }

  @Test
  void aClusterThatDoesNotBecomeWholeAgainBreaksEveryContract() {
    Verdict verdict =
        judge(Contract.REDIS_CLUSTER, answering(Validity.VALID), evidence(true, BIT, NOT_WHOLE));

    assertThat(verdict.validity()).isEqualTo(Validity.INVALID);
    assertThat(verdict.reason()).endsWith("strongest level that held: none");
  }

  @Test
  void aNodeThatCouldNotBeHealedExcusesTheCluster() {
    Verdict verdict =
        judge(
            Contract.REDIS_CLUSTER,
            answering(Validity.VALID),
            evidence(true, BIT, event(-1, Phase.HEAL_FAILED, "heal"), NOT_WHOLE));

    assertThat(verdict.validity()).isEqualTo(Validity.UNKNOWN);
  }

  @Test
  void aRunThatWasCutOffProvesNothingUnlessItIsInvalid() {
    assertThat(
            judge(Contract.LINEARIZABLE, answering(Validity.VALID), evidence(true, BIT)).validity())
        .isEqualTo(Validity.UNKNOWN);
    assertThat(
            judge(Contract.LINEARIZABLE, answering(Validity.INVALID), evidence(true, BIT))
                .validity())
        .isEqualTo(Validity.INVALID);
  }
}
