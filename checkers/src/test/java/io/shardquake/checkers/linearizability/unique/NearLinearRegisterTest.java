package io.shardquake.checkers.linearizability.unique;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.checkers.linearizability.oracle.DrawnHistory;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearLinearRegisterTest {
  @Test
  void acceptsConcurrentWritesInTheOrderThatReadsSaw() {
    assertValid(
        """
        write 1   [----------]
        write 2     [----]
        read 2             [---]
        read 1                   [---]
        """);
  }

  @Test
  void rejectsAValueThatComesBack() {
    Analysis.Invalid invalid =
        invalid(
            """
            write 1   [--]
            write 2        [--]
            read 1                [---]
            """);
    assertThat(invalid.witness()).containsExactly(0, 1, 2);
    assertThat(invalid.why())
        .isEqualTo(
            "read -> 1 (row 2) was called after write 2 (row 1) had returned,"
                + " and that after write 1 (row 0): 1 was overwritten");
  }

  @Test
  void rejectsReadsOfTwoConcurrentWritesInBothOrders() {
    Analysis.Invalid invalid =
        invalid(
            """
            write 1   [--------------]
            write 2    [-------------]
            read 1      [--]
            read 2           [--]
            read 1                [--]
            """);
    assertThat(invalid.witness()).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void rejectsTheFirstValueAfterAWriteReturned() {
    Analysis.Invalid invalid =
        invalid(
            """
            write 1   [--]
            read nil        [--]
            """);
    assertThat(invalid.witness()).containsExactly(0, 1);
    assertThat(invalid.why()).contains("began with").contains("overwritten");
  }

  @Test
  void rejectsAReadThatReturnedBeforeItsValueWasWritten() {
    Analysis.Invalid invalid =
        invalid(
            """
            read 1   [--]
            write 1        [--]
            """);
    assertThat(invalid.witness()).containsExactly(0, 1);
    assertThat(invalid.why()).startsWith("read -> 1 (row 0) returned before write 1 (row 1)");
  }

  @Test
  void rejectsAValueThatNobodyWrote() {
    Analysis.Invalid invalid = invalid("read 7   [--]");
    assertThat(invalid.witness()).containsExactly(0);
    assertThat(invalid.why()).contains("found 7").contains("nothing");
  }

  @Test
  void chainsCompareAndSetsToWhatTheyReplaced() {
    assertValid(
        """
        write 1   [------------]
        cas 1 2    [-----------]
        cas 2 3     [----------]
        read 3                   [---]
        """);
  }

  @Test
  void leavesNoRoomBetweenAValueAndItsReplacement() {
    Analysis.Invalid invalid =
        invalid(
            """
            write 1   [--]
            write 9        [--]
            cas 1 2             [--]
            """);
    assertThat(invalid.witness()).containsExactly(0, 1, 2);
  }

  @Test
  void rejectsAReadCalledAfterItsValueWasReplaced() {
    Analysis.Invalid invalid =
        invalid(
            """
            write 1   [--]
            cas 1 2       [--]
            read 1             [--]
            """);
    assertThat(invalid.witness()).containsExactly(0, 1, 2);
  }

  @Test
  void rejectsTwoReplacementsOfOneValue() {
    Analysis.Invalid invalid =
        invalid(
            """
            write 1   [--]
            cas 1 2      [-----]
            cas 1 3      [-----]
            """);
    assertThat(invalid.witness()).containsExactly(1, 2);
  }

  @Test
  void rejectsReplacementsThatWaitForEachOther() {
    Analysis.Invalid invalid =
        invalid(
            """
            cas 1 2   [------]
            cas 2 1    [-----]
            """);
    assertThat(invalid.witness()).containsExactly(0, 1);
  }

  @Test
  void takesACompareAndSetToTheSameValueForARead() {
    assertValid(
        """
        write 1   [--]
        cas 1 1        [---]
        cas 1 1        [---]
        cas 1 1        [----
        """);
  }

  @Test
  void letsAWriteOfUnknownOutcomeTakeEffectLate() {
    assertValid(
        """
        write 1   [---
        write 2       [--]
        read 2              [--]
        read 1                    [--]
        """);
  }

  @Test
  void doesNotLetAWriteOfUnknownOutcomeTakeEffectTwice() {
    Analysis.Invalid invalid =
        invalid(
            """
            write 1   [---
            read 1      [--]
            write 2          [--]
            read 1                [--]
            """);
    assertThat(invalid.witness()).containsExactly(0, 1, 2, 3);
    assertThat(invalid.why()).contains("write 1 (row 0, outcome unknown) took effect, for");
  }

  @Test
  void leavesOutWhatNobodySaw() {
    assertValid(
        """
        write 1   [---
        cas 5 2   [---
        cas 1 3   [---
        read nil      [--]
        """);
  }

  @Test
  void needsAllReplacementsOfUnknownOutcomeUpToAValueThatWasRead() {
    Analysis.Invalid invalid =
        invalid(
            """
            write 1   [--]
            cas 1 2   [----
            cas 2 3   [----
            read 3         [--]
            read 1              [--]
            """);
    assertThat(invalid.witness()).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void doesNotMindRepeatedValuesThatNobodyRead() {
    assertValid(
        """
        write 1   [--]
        write 1        [--]
        write 1        [---
        write 2             [--]
        read 2                   [--]
        """);
  }

  @Test
  void leavesRepeatedValuesThatWereReadToTheSearch() {
    assertThat(
            decide(
                """
                write 1   [--]
                write 1        [--]
                read 1              [--]
                """))
        .isEmpty();
  }

  @Test
  void findsContradictionsBesideRepeatedValues() {
    Analysis.Invalid invalid =
        invalid(
            """
            write 1   [--]
            write 1        [--]
            read 1              [--]
            write 2             [--]
            write 3                  [--]
            read 2                        [--]
            """);
    assertThat(invalid.witness()).containsExactly(3, 4, 5);
  }

  @Test
  void leavesCompareAndSetsThatMissedToTheSearch() {
    assertThat(
            decide(
                """
                write 1       [--]
                cas 1 2 false      [--]
                """))
        .isEmpty();
  }

  private static void assertValid(String drawing) {
    assertThat(decide(drawing)).get().isInstanceOf(Analysis.Valid.class);
  }

  private static Analysis.Invalid invalid(String drawing) {
    Optional<Analysis> analysis = decide(drawing);
    assertThat(analysis).get().isInstanceOf(Analysis.Invalid.class);
    return (Analysis.Invalid) analysis.orElseThrow();
  }

  private static Optional<Analysis> decide(String drawing) {
    return NearLinear.decide(
        DrawnHistory.of(drawing), Models.casRegister(Value.nil()), SearchLimits.none());
  }
}
