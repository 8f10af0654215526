package io.shardquake.checkers.linearizability.unique;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.checkers.linearizability.oracle.DrawnHistory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearLinearSetTest {
  private static final Model EMPTY = Models.set(List.of());

  @Test
  void acceptsReadsOfEverLargerSets() {
    assertValid(
        EMPTY,
        """
        read {}      [--]
        add 1             [--------]
        add 2              [--]
        read {2}               [--]
        read {2,1}                  [--]
        """);
  }

  @Test
  void rejectsReadsThatSawTheAddsInBothOrders() {
    Analysis.Invalid invalid =
        invalid(
            EMPTY,
            """
            add 1     [--------]
            add 2     [--------]
            read {1}    [--]
            read {2}       [--]
            """);
    assertThat(invalid.witness()).containsExactly(2, 3);
  }

  @Test
  void rejectsAReadThatMissesAnEarlierAdd() {
    Analysis.Invalid invalid =
        invalid(
            EMPTY,
            """
            add 1     [--]
            add 2     [--]
            read {2}       [--]
            """);
    assertThat(invalid.witness()).containsExactly(0, 2);
  }

  @Test
  void rejectsALostElement() {
    Analysis.Invalid invalid =
        invalid(
            EMPTY,
            """
            add 1     [--]
            read {1}       [--]
            read {}             [--]
            """);
    assertThat(invalid.witness()).containsExactly(0, 2);
  }

  @Test
  void rejectsAnElementSeenBeforeItWasAdded() {
    assertThat(
            invalid(
                    EMPTY,
                    """
                    read {1}   [--]
                    add 1           [--]
                    """)
                .witness())
        .containsExactly(0, 1);
  }

  @Test
  void rejectsAnElementThatNobodyAdded() {
    assertThat(invalid(EMPTY, "read {1}   [--]").witness()).containsExactly(0);
  }

  @Test
  void rejectsALaterAddSeenWithoutAnEarlierOne() {
    assertThat(
            invalid(
                    EMPTY,
                    """
                    read {2}   [-------------]
                    add 1        [--]
                    add 2             [--]
                    """)
                .witness())
        .containsExactly(0, 1, 2);
  }

  @Test
  void takesAnAddOfUnknownOutcomeForDoneOnlyIfItWasSeen() {
    assertValid(
        EMPTY,
        """
        add 1      [---
        add 2      [---
        read {}        [--]
        read {2}            [--]
        """);
  }

  @Test
  void letsAnElementBeAddedAgain() {
    assertValid(
        EMPTY,
        """
        add 1      [--]
        read {1}        [--]
        add 1                [--]
        read {1}                  [--]
        """);
  }

  @Test
  void rejectsAReadWithoutWhatWasThereAtFirst() {
    assertThat(invalid(Models.set(List.of(Value.of(1))), "read {}   [--]").witness())
        .containsExactly(0);
  }

  private static void assertValid(Model model, String drawing) {
    assertThat(decide(model, drawing)).get().isInstanceOf(Analysis.Valid.class);
  }

  private static Analysis.Invalid invalid(Model model, String drawing) {
    Optional<Analysis> analysis = decide(model, drawing);
    assertThat(analysis).get().isInstanceOf(Analysis.Invalid.class);
    return (Analysis.Invalid) analysis.orElseThrow();
  }

  private static Optional<Analysis> decide(Model model, String drawing) {
    return NearLinear.decide(DrawnHistory.of(drawing), model, SearchLimits.none());
  }
}
