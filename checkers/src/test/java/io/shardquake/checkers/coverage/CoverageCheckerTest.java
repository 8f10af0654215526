package io.shardquake.checkers.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.faultlog.FaultLog;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.TopologyLog;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.checkers.topology.TopologyScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class CoverageCheckerTest {
  private static final long MS = 1_000_000;
  private static final List<String> BOTH = List.of("n1", "n2");
  private static final String[] WHOLE = {"n1 m1 0-8000", "n2 m2 8001-16383"};

  private static Verdict check(TopologyScript script, FaultEvent... faults) {
    return new CoverageChecker()
        .check(
            new Evidence(
                new History.Builder().build(), script.log(), new FaultLog(List.of(faults))),
            Limits.DEFAULT);
  }

  private static FaultEvent fault(long millis, int number, Phase phase) {
    return fault(millis, number, phase, number < 0 ? "heal" : "kill");
  }

  private static FaultEvent fault(long millis, int number, Phase phase, String kind) {
    return new FaultEvent(millis * MS, number, phase, kind, List.of("n1"), "", Value.Mapping.EMPTY);
  }

  private static Optional<Finding> finding(Verdict verdict, String kind) {
    return verdict.findings().stream().filter(f -> f.kind().equals(kind)).findFirst();
  }

  private static Value datum(Finding finding, String name) {
    Value value = finding.data().entries().get(name);
    assertThat(value).as("%s of %s", name, finding).isNotNull();
    return value;
  }

  /** A script in which both nodes say the whole truth at 0, and again at 10 s. */
  private static TopologyScript framed(TopologyScript middle) {
    List<TopologySample> samples = new ArrayList<>();
    samples.addAll(new TopologyScript().all(0, BOTH, WHOLE).log().samples());
    samples.addAll(middle.log().samples());
    samples.addAll(new TopologyScript().all(10_000, BOTH, WHOLE).log().samples());
    return new TopologyScript().add(new TopologyLog(samples));
  }

  @Test
  void isValidWhenAllAgreeOnAFullCluster() {
    Verdict verdict = check(new TopologyScript().all(0, BOTH, WHOLE).all(250, BOTH, WHOLE));
    assertThat(verdict.validity()).isEqualTo(Validity.VALID);
    assertThat(verdict.findings()).isEmpty();
  }

  @Test
  void isUnknownWhenNothingWasSampled() {
    Verdict verdict = check(new TopologyScript());
    assertThat(verdict.validity()).isEqualTo(Validity.UNKNOWN);
    assertThat(verdict.reason()).isEqualTo("the topology was not sampled");
  }

  @Test
  void isUnknownWhenNobodyEverAnswered() {
    Verdict verdict = check(new TopologyScript().silent(0, "n1").silent(250, "n1"));
    assertThat(verdict.validity()).isEqualTo(Validity.UNKNOWN);
    assertThat(verdict.reason()).contains("no node ever gave a view");
  }

  @Nested
  final class WhatPasses {
    @Test
    void notesAGapWithItsDurationOnceForAllWhoSawIt() {
      Verdict verdict =
          check(
              framed(
                  new TopologyScript()
                      .all(1000, BOTH, "n1 m1 0-7999", "n2 m2 8001-16383")
                      .all(3000, BOTH, WHOLE)));
      assertThat(verdict.validity()).isEqualTo(Validity.VALID);
      Finding gap = finding(verdict, "slot-uncovered").orElseThrow();
      assertThat(gap.severity()).isEqualTo(Severity.NOTE);
      assertThat(gap.summary()).isEqualTo("slot 8000 had no owner for 2.001 s");
      assertThat(datum(gap, "observers")).hasToString("[\"n1\", \"n2\"]");
      assertThat(datum(gap, "fromNanos")).isEqualTo(Value.of(1000 * MS));
      assertThat(datum(gap, "toNanos")).isEqualTo(Value.of(3001 * MS));
      assertThat(verdict.findings()).hasSize(1);
    }

    @Test
    void splitsAGapThatClosesInParts() {
      Verdict verdict =
          check(
              framed(
                  new TopologyScript()
                      .says(1000, "n1", "n1 m1 0-7000", "n2 m2 8001-16383")
                      .says(2000, "n1", "n1 m1 0-7500", "n2 m2 8001-16383")
                      .says(4000, "n1", WHOLE)));
      assertThat(verdict.findings())
          .filteredOn(f -> f.kind().equals("slot-uncovered"))
          .extracting(Finding::summary)
          .containsExactlyInAnyOrder(
              "slots 7001-7500 had no owner for 1.000 s",
              "slots 7501-8000 had no owner for 3.000 s");
    }

    @Test
    void notesSlotsWhoseOwnerHasFailed() {
      Verdict verdict =
          check(
              framed(
                  new TopologyScript()
                      .says(1000, "n2", "n1 m1 0-8000 !fail", "n2 m2 8001-16383")
                      .says(1500, "n2", WHOLE)));
      assertThat(finding(verdict, "slot-owner-failed").orElseThrow().summary())
          .isEqualTo("slots 0-8000 were owned by n1 in state fail for 0.500 s");
    }

    @Test
    void tellsAViewWithTwoOwnersAsAHazard() {
      Verdict verdict =
          check(
              framed(
                  new TopologyScript()
                      .says(1000, "n2", "n1 m1 0-8005", "n2 m2 8001-16383")
                      .says(1500, "n2", WHOLE)));
      Finding twice = finding(verdict, "slot-owned-twice").orElseThrow();
      assertThat(twice.severity()).isEqualTo(Severity.HAZARD);
      assertThat(twice.summary())
          .isEqualTo("slots 8001-8005 had two owners (n1 and n2) for 0.500 s");
    }

    @Test
    void notesOpenSlotsAndHowLong() {
      Verdict verdict =
          check(
              framed(
                  new TopologyScript()
                      .says(1000, "n1", "n1 m1 0-8000 7>n2 8>n2", "n2 m2 8001-16383")
                      .says(1001, "n2", "n1 m1 0-8000", "n2 m2 8001-16383 7<n1 8<n1")
                      .says(2000, "n1", WHOLE)
                      .says(2001, "n2", WHOLE)));
      assertThat(finding(verdict, "slot-migrating").orElseThrow().summary())
          .isEqualTo("slots 7-8 were migrating to n2 for 1.000 s");
      assertThat(finding(verdict, "slot-importing").orElseThrow().summary())
          .isEqualTo("slots 7-8 were being imported from n1 for 1.000 s");
    }

    @Test
    void notesMastersThatBothClaimASlotWithTheirEpochs() {
      TopologyScript script =
          new TopologyScript()
              .says(1000, "n1", "n1 m1 0-16383", "n2 s:n1 e1")
              .says(1500, "n2", "n1 s:n2 e4", "n2 m4 0-16383")
              .says(2000, "n1", "n1 m1 0-16383", "n2 s:n1 e1")
              .says(2500, "n2", "n1 s:n2 e4", "n2 m4 0-16383")
              .says(3000, "n1", "n1 s:n2 e4", "n2 m4 0-16383")
              .says(3500, "n2", "n1 s:n2 e4", "n2 m4 0-16383");
      Verdict verdict = check(script);
      Finding conflict = finding(verdict, "slot-claimed-twice").orElseThrow();
      assertThat(conflict.severity()).isEqualTo(Severity.NOTE);
      assertThat(conflict.summary())
          .isEqualTo("n1 and n2 both claimed slots 0-16383 for at least 0.500 s");
      assertThat(conflict.explanation()).contains("n1 at config epoch 1, n2 at 4");
      assertThat(verdict.validity()).isEqualTo(Validity.VALID);
    }

    @Test
    void tellsTwoClaimsAtOneEpochAsAHazard() {
      TopologyScript script =
          new TopologyScript()
              .says(1000, "n1", "n1 m3 0-16383")
              .says(1100, "n2", "n2 m3 0-16383")
              .says(1200, "n1", "n1 m3 0-16383")
              .says(2000, "n1", "n1 s:n2 e4", "n2 m4 0-16383")
              .says(2000, "n2", "n1 s:n2 e4", "n2 m4 0-16383");
      assertThat(finding(check(script), "slot-claimed-twice").orElseThrow().severity())
          .isEqualTo(Severity.HAZARD);
    }

    @Test
    void doesNotTakeAHandoverBetweenTwoSamplesForAConflict() {
      TopologyScript script =
          new TopologyScript()
              .says(1000, "n1", "n1 m1 0-16383", "n2 s:n1 e1")
              .says(1001, "n2", "n1 s:n2 e4", "n2 m4 0-16383")
              .says(1250, "n1", "n1 s:n2 e4", "n2 m4 0-16383")
              .says(1251, "n2", "n1 s:n2 e4", "n2 m4 0-16383");
      assertThat(check(script).findings()).isEmpty();
    }

    @Test
    void notesHowLongNodesDisagreedAndWhoWithWhom() {
      List<String> three = List.of("n1", "n2", "n3");
      String[] old = {"n1 m1 0-16383", "n2 s:n1 e1", "n3 s:n1 e1"};
      String[] now = {"n1 s:n2 e4", "n2 m4 0-16383", "n3 s:n2 e4"};
      Verdict verdict =
          check(
              new TopologyScript()
                  .all(0, three, old)
                  .all(1000, List.of("n2", "n3"), now)
                  .says(1500, "n1", old)
                  .all(2000, three, now));
      Finding disagreement = finding(verdict, "slot-disagreement").orElseThrow();
      assertThat(disagreement.severity()).isEqualTo(Severity.NOTE);
      assertThat(disagreement.summary())
          .isEqualTo("nodes disagreed about who owns slots 0-16383 for at least 0.500 s");
      assertThat(disagreement.explanation()).isEqualTo("On one side n2, n3; on another n1.");
    }

    @Test
    void doesNotCountADeadNodeAsDisagreeing() {
      TopologyScript script =
          new TopologyScript()
              .says(0, "n1", "n1 m1 0-16383", "n2 s:n1 e1")
              .says(1, "n2", "n1 m1 0-16383", "n2 s:n1 e1")
              .silent(500, "n1")
              .says(501, "n2", "n1 m1 !fail", "n2 m4 0-16383")
              .says(1001, "n2", "n1 s:n2 e4", "n2 m4 0-16383")
              .says(1002, "n1", "n1 s:n2 e4", "n2 m4 0-16383");
      assertThat(finding(check(script), "slot-disagreement")).isEmpty();
    }

    @Test
    void notesMastersThatShareAConfigEpoch() {
      Verdict verdict =
          check(
              framed(
                  new TopologyScript()
                      .says(1000, "n1", "n1 m2 0-8000", "n2 m2 8001-16383")
                      .says(1500, "n1", WHOLE)));
      Finding collision = finding(verdict, "config-epoch-collision").orElseThrow();
      assertThat(collision.severity()).isEqualTo(Severity.NOTE);
      assertThat(collision.summary()).isEqualTo("masters n1, n2 shared config epoch 2 for 0.500 s");
    }

    @Test
    void sumsUpWhenThereAreTooManyToTell() {
      TopologyScript middle = new TopologyScript();
      for (int slot = 0; slot < 60; slot++) {
        middle.says(1000 + slot * 20, "n1", "n1 m1 0-8000 " + slot + ">n2", "n2 m2 8001-16383");
        middle.says(1010 + slot * 20, "n1", WHOLE);
      }
      Verdict verdict = check(framed(middle));
      assertThat(verdict.findings()).hasSize(26);
      assertThat(verdict.findings())
          .extracting(Finding::summary)
          .contains("35 more of the kind slot-migrating, each for at most 0.010 s");
      assertThat(verdict.statistics().entries().get("slot-migrating"))
          .hasToString("{count=60, longestNanos=10000000}");
    }
  }

  @Nested
  final class WhatRemains {
    private void breaks(TopologyScript script, String kind, String summary) {
      Verdict verdict = check(script);
      assertThat(verdict.validity()).isEqualTo(Validity.INVALID);
      Finding finding = finding(verdict, kind).orElseThrow();
      assertThat(finding.severity()).isEqualTo(Severity.VIOLATION);
      assertThat(finding.summary()).isEqualTo(summary);
    }

    @Test
    void aGap() {
      breaks(
          new TopologyScript().all(0, BOTH, "n1 m1 0-8000", "n2 m2 8002-16383"),
          "slot-uncovered",
          "at the end slot 8001 still had no owner");
    }

    @Test
    void anOpenSlot() {
      breaks(
          new TopologyScript()
              .says(0, "n1", "n1 m1 0-8000 5>n2", "n2 m2 8001-16383")
              .says(0, "n2", WHOLE),
          "slot-migrating",
          "at the end slot 5 still was migrating to n2");
    }

    @Test
    void aFailedOwner() {
      breaks(
          new TopologyScript()
              .all(0, BOTH, WHOLE)
              .silent(250, "n1")
              .says(250, "n2", "n1 m1 0-8000 !fail", WHOLE[1]),
          "slot-owner-failed",
          "at the end slots 0-8000 still were owned by n1 in state fail");
    }

    @Test
    void aDisagreement() {
      breaks(
          new TopologyScript()
              .says(0, "n1", "n1 m1 0-8000", "n2 m2 8001-16383")
              .says(1, "n2", "n1 m1 0-7999", "n2 m2 8000-16383")
              .says(250, "n1", "n1 m1 0-8000", "n2 m2 8001-16383")
              .says(251, "n2", "n1 m1 0-7999", "n2 m2 8000-16383"),
          "slot-disagreement",
          "at the end n1 and n2 disagree about the owners of slots");
    }

    @Test
    void aSharedEpoch() {
      breaks(
          new TopologyScript().all(0, BOTH, "n1 m2 0-8000", "n2 m2 8001-16383"),
          "config-epoch-collision",
          "at the end masters n1, n2 share config epoch 2");
    }

    @Test
    void aClusterThatSaysItIsDown() {
      breaks(
          new TopologyScript().says(0, "n1", false, WHOLE).says(0, "n2", WHOLE),
          "cluster-down",
          "at the end cluster_state is fail on n1");
    }

    @Test
    void isToldOnce() {
      Verdict verdict =
          check(
              new TopologyScript()
                  .all(0, BOTH, "n1 m2 0-8000", "n2 m2 8001-16383")
                  .all(250, BOTH, "n1 m2 0-8000", "n2 m2 8001-16383"));
      assertThat(verdict.findings()).hasSize(1);
    }

    @Test
    void isUnknownWhenTheViewsThatDifferWereNotSeenAtTheSameTime() {
      Verdict verdict =
          check(
              new TopologyScript()
                  .says(0, "n1", "n1 m1 0-8000", "n2 m2 8001-16383")
                  .says(100, "n2", "n1 m1 0-7999", "n2 m2 8000-16383"));
      assertThat(verdict.validity()).isEqualTo(Validity.UNKNOWN);
      assertThat(verdict.reason()).startsWith("not sampled at the same time: n1 and n2 disagree");
    }

    @Test
    void aNodeThatDoesNotAnswerIsAHazardAndNoDisagreement() {
      Verdict verdict =
          check(
              new TopologyScript()
                  .all(0, BOTH, WHOLE)
                  .says(250, "n1", "n1 m3 0-16383", "n2 s:n1 e3")
                  .silent(250, "n2"));
      assertThat(verdict.validity()).isEqualTo(Validity.VALID);
      assertThat(finding(verdict, "node-silent").orElseThrow().severity())
          .isEqualTo(Severity.HAZARD);
    }

    @Test
    void isNotHeldAgainstAClusterThatWasNeverHealed() {
      Verdict verdict =
          check(
              new TopologyScript().silent(0, "n1").says(0, "n2", "n1 m1 0-8000 !fail", WHOLE[1]),
              fault(0, 0, Phase.INJECT),
              fault(0, 0, Phase.BIT));
      assertThat(verdict.validity()).isEqualTo(Validity.UNKNOWN);
      assertThat(verdict.reason()).isEqualTo("the recording ends before healing: kill #0 is open");
      assertThat(verdict.findings()).allMatch(f -> f.severity() != Severity.VIOLATION);
    }

    @Test
    void isNotHeldAgainstAClusterInWhichAFaultBitSomeNodesAndMissedOthers() {
      Verdict verdict =
          check(
              new TopologyScript().all(0, BOTH, WHOLE),
              fault(0, 0, Phase.INJECT),
              fault(0, 0, Phase.BIT),
              fault(0, 0, Phase.MISSED));
      assertThat(verdict.reason()).isEqualTo("the recording ends before healing: kill #0 is open");
    }

    @Test
    void isHeldAgainstAClusterWhoseFaultsAllMissed() {
      Verdict verdict =
          check(
              new TopologyScript().all(0, BOTH, "n1 m1 0-8000", "n2 m2 8002-16383"),
              fault(0, 0, Phase.INJECT),
              fault(0, 0, Phase.MISSED),
              fault(0, 1, Phase.SKIPPED));
      assertThat(verdict.validity()).isEqualTo(Validity.INVALID);
    }

    @Test
    void isHeldAgainstAClusterThatWasHealedAsAWhole() {
      Verdict verdict =
          check(
              new TopologyScript().all(500, BOTH, "n1 m1 0-8000", "n2 m2 8002-16383"),
              fault(0, 0, Phase.INJECT),
              fault(1, 0, Phase.BIT),
              fault(100, -1, Phase.HEALED));
      assertThat(verdict.validity()).isEqualTo(Validity.INVALID);
    }

    @Test
    void isHeldAgainstAClusterThatDidNotRecoverThoughAllWasHealed() {
      Verdict verdict =
          check(
              new TopologyScript().all(500, BOTH, "n1 m1 0-8000", "n2 m2 8002-16383"),
              fault(0, 0, Phase.INJECT),
              fault(100, -1, Phase.HEALED),
              fault(400, -1, Phase.HEAL_FAILED, "recovery"));
      assertThat(verdict.validity()).isEqualTo(Validity.INVALID);
    }

    @Test
    void isUnknownWhenNobodyWasHeardAfterTheHeal() {
      Verdict verdict =
          check(
              new TopologyScript().all(0, BOTH, WHOLE),
              fault(10, 0, Phase.INJECT),
              fault(900, 0, Phase.HEALED));
      assertThat(verdict.validity()).isEqualTo(Validity.UNKNOWN);
      assertThat(verdict.reason()).contains("no node was heard after the last heal at 0.900 s");
    }
  }
}
