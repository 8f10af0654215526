package io.shardquake.checkers.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.faultlog.FaultLog;
import io.shardquake.checkers.history.Recording;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.TopologyScript;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlacementCheckerTest {
  /** The key {@code foo} is in slot 12182, {@code bar} in 5061 (CLUSTER KEYSLOT). */
  private static final String FOO = "foo";

  private static final String BAR = "bar";
  private static final String[] HALVES = {"n1 m1 0-8000", "n2 m2 8001-16383"};

  private static TopologyScript steady() {
    TopologyScript script = new TopologyScript();
    for (int at = 0; at <= 10_000; at += 250) {
      script.says(at, "n1", HALVES).says(at, "n2", HALVES);
    }
    return script;
  }

  private static Verdict check(TopologyScript script, Recording recording) {
    return new PlacementChecker()
        .check(new Evidence(recording.history(), script.log(), FaultLog.EMPTY), Limits.DEFAULT);
  }

  @Test
  void isValidWhenOwnersAnswered() {
    Verdict verdict =
        check(
            steady(),
            new Recording()
                .op(0, "read", BAR, 2000, 2001, "ok", "n1")
                .op(0, "read", FOO, 3000, 3001, "ok", "n2"));
    assertThat(verdict.validity()).isEqualTo(Validity.VALID);
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.statistics().entries()).containsEntry("judged", Value.of(2));
  }

  @Test
  void callsAnswersOfAStrangerAroundItsOwnDenialAViolation() {
    Verdict verdict =
        check(
            steady(),
            new Recording()
                .op(0, "read", FOO, 3010, 3020, "ok", "n1")
                .op(0, "read", FOO, 3300, 3310, "ok", "n1"));
    assertThat(verdict.validity()).isEqualTo(Validity.INVALID);
    Finding finding = verdict.findings().get(0);
    assertThat(finding.severity()).isEqualTo(Severity.VIOLATION);
    assertThat(finding.summary())
        .isEqualTo("n1 answered 2 operations on slots that nobody said it owned or imported");
    assertThat(finding.operations()).containsExactly(0L, 2L);
    assertThat(finding.data().entries()).containsEntry("slots", Value.of("12182"));
  }

  @Test
  void callsASingleAnswerBetweenTwoSamplesAHazard() {
    Verdict verdict = check(steady(), new Recording().op(0, "read", FOO, 3010, 3020, "ok", "n1"));
    assertThat(verdict.validity()).isEqualTo(Validity.VALID);
    assertThat(verdict.findings()).extracting(Finding::severity).containsExactly(Severity.HAZARD);
  }

  @Test
  void letsANodeAnswerForASlotThatItImports() {
    TopologyScript script = new TopologyScript();
    for (int at = 0; at <= 10_000; at += 250) {
      script.says(at, "n1", "n1 m1 0-8000 12182<n2", HALVES[1]).says(at, "n2", HALVES);
    }
    assertThat(check(script, new Recording().op(0, "read", FOO, 3010, 3020, "ok", "n1")).findings())
        .isEmpty();
  }

  @Test
  void letsADeposedMasterAnswerWhileItStillBelievesToBeOne() {
    TopologyScript script = new TopologyScript();
    for (int at = 0; at <= 10_000; at += 250) {
      script.says(at, "n1", "n1 m1 0-16383", "n2 s:n1 e1");
      script.says(at, "n2", "n1 s:n2 e4", "n2 m4 0-16383");
    }
    Recording recording =
        new Recording()
            .op(0, "read", FOO, 3010, 3020, "ok", "n1")
            .op(0, "read", FOO, 3300, 3310, "ok", "n2");
    assertThat(check(script, recording).findings()).isEmpty();
  }

  @Test
  void allowsForAChangeWithinTheTolerance() {
    TopologyScript script = new TopologyScript();
    for (int at = 0; at <= 10_000; at += 250) {
      script.says(at, "n1", at < 5000 ? "n1 m1 0-16383" : "n1 m1 0-8000");
    }
    Recording recording = new Recording().op(0, "read", FOO, 5600, 5601, "ok", "n1");
    assertThat(check(script, recording).findings()).isEmpty();
    Recording later = new Recording().op(0, "read", FOO, 6100, 6101, "ok", "n1");
    assertThat(check(script, later).findings()).hasSize(1);
  }

  @Test
  void doesNotJudgeANodeThatWasNotHeard() {
    TopologyScript script = new TopologyScript();
    for (int at = 0; at <= 10_000; at += 250) {
      script.says(at, "n2", HALVES).silent(at, "n1");
    }
    Verdict verdict = check(script, new Recording().op(0, "read", FOO, 3010, 3020, "ok", "n1"));
    assertThat(verdict.validity()).isEqualTo(Validity.UNKNOWN);
    assertThat(verdict.reason())
        .isEqualTo("none of 1 operations can be held against a view of the cluster");
  }

  @Test
  void hasNothingAgainstWhatAnyNodeMayAnswer() {
    Recording recording = new Recording().op(0, "publish", FOO, 3010, 3020, "ok", "n3");

    Verdict verdict =
        new PlacementChecker(List.of("publish"))
            .check(
                new Evidence(recording.history(), steady().log(), FaultLog.EMPTY), Limits.DEFAULT);

    assertThat(verdict.validity()).isEqualTo(Validity.VALID);
    assertThat(verdict.reason()).isEqualTo("any node may answer what was asked, 1 times");
  }

  @Test
  void isUnknownWithoutOperations() {
    Verdict verdict = check(steady(), new Recording());
    assertThat(verdict.validity()).isEqualTo(Validity.UNKNOWN);
    assertThat(verdict.reason()).isEqualTo("no operation with a key happened");
  }

  @Test
  void refusesANegativeTolerance() {
    assertThatThrownBy(() -> new PlacementChecker(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not be negative");
  }
}
