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

class NearLinearQueueTest {
  private static final Model FIFO = Models.fifoQueue(List.of());
  private static final Model UNORDERED = Models.unorderedQueue(List.of());

  private static final String OVERTAKEN =
      """
      enqueue 1   [--]
      enqueue 2        [--]
      dequeue 2             [--]
      dequeue 1                  [--]
      """;

  @Test
  void rejectsAValueThatOvertakesAnother() {
    assertThat(invalid(FIFO, OVERTAKEN).witness()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void letsValuesOvertakeInAnUnorderedQueue() {
    assertValid(UNORDERED, OVERTAKEN);
  }

  @Test
  void letsConcurrentEnqueuesTakeEitherOrder() {
    assertValid(
        FIFO,
        """
        enqueue 1   [-----]
        enqueue 2     [-----]
        dequeue 2            [--]
        dequeue 1                 [--]
        """);
  }

  @Test
  void rejectsAValueTakenWhileAnOlderOneStays() {
    Analysis.Invalid invalid =
        invalid(
            FIFO,
            """
            enqueue 1   [--]
            enqueue 2        [--]
            dequeue 2             [--]
            """);
    assertThat(invalid.witness()).containsExactly(0, 1, 2);
    assertThat(invalid.why())
        .isEqualTo(
            "dequeue -> 2 (row 2) took out its value while enqueue 1 (row 0) still stood before it");
  }

  @Test
  void letsADequeueOfUnknownOutcomeRemoveTheOlderValue() {
    assertValid(
        FIFO,
        """
        enqueue 1   [--]
        dequeue        [---
        enqueue 2        [--]
        dequeue 2             [--]
        """);
  }

  @Test
  void letsADequeueOfUnknownOutcomeRemoveOneValueOnly() {
    Analysis.Invalid invalid =
        invalid(
            FIFO,
            """
            enqueue 1   [--]
            enqueue 3      [--]
            enqueue 2            [--]
            dequeue              [---
            dequeue 2                 [--]
            """);
    assertThat(invalid.witness()).containsExactly(0, 1, 2, 3, 4);
    assertThat(invalid.why()).contains("of 2 values").contains("account for 1");
  }

  @Test
  void doesNotLetADequeueRemoveAValueBeforeItIsCalled() {
    assertThat(
            invalid(
                    FIFO,
                    """
                    enqueue 1   [--]
                    enqueue 2        [--]
                    dequeue 2             [--]
                    dequeue                    [--
                    """)
                .witness())
        .containsExactly(0, 1, 2);
  }

  @Test
  void rejectsAValueThatNobodyEnqueued() {
    assertThat(invalid(FIFO, "dequeue 1   [--]").witness()).containsExactly(0);
    assertThat(invalid(UNORDERED, "dequeue 1   [--]").witness()).containsExactly(0);
  }

  @Test
  void rejectsAValueTakenTwice() {
    String history =
        """
        enqueue 1   [--]
        dequeue 1        [----]
        dequeue 1        [----]
        """;
    assertThat(invalid(FIFO, history).witness()).containsExactly(0, 1, 2);
    assertThat(invalid(UNORDERED, history).witness()).containsExactly(0, 1, 2);
  }

  @Test
  void rejectsAValueTakenBeforeItWasEnqueued() {
    String history =
        """
        dequeue 1   [--]
        enqueue 1        [--]
        """;
    assertThat(invalid(FIFO, history).witness()).containsExactly(0, 1);
    assertThat(invalid(UNORDERED, history).witness()).containsExactly(0);
  }

  @Test
  void takesAnEnqueueOfUnknownOutcomeForDoneIfItsValueWasTaken() {
    String history =
        """
        enqueue 1   [---
        enqueue 2   [---
        dequeue 1        [--]
        """;
    assertValid(FIFO, history);
    assertValid(UNORDERED, history);
  }

  @Test
  void rejectsAnEmptyQueueBetweenEnqueueAndDequeue() {
    String history =
        """
        enqueue 1     [--]
        dequeue nil        [--]
        dequeue 1               [--]
        """;
    assertThat(invalid(FIFO, history).witness()).containsExactly(0, 1, 2);
    assertThat(invalid(UNORDERED, history).witness()).containsExactly(0, 1, 2);
  }

  @Test
  void rejectsAnEmptyQueueWhileOneValueAfterTheOtherIsIn() {
    String history =
        """
        enqueue 1     [--]
        dequeue nil        [------------------]
        enqueue 2              [--]
        dequeue 1                   [--]
        dequeue 2                                [--]
        """;
    assertThat(invalid(FIFO, history).witness()).containsExactly(0, 1, 2, 3, 4);
    assertThat(invalid(UNORDERED, history).witness()).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void letsAQueueBeEmptyWhereADequeueOfUnknownOutcomeMayHaveEmptiedIt() {
    String history =
        """
        enqueue 1     [--]
        dequeue          [---
        dequeue nil        [--]
        """;
    assertValid(FIFO, history);
    assertValid(UNORDERED, history);
  }

  @Test
  void startsWithWhatWasQueuedAtFirst() {
    Model started = Models.fifoQueue(List.of(Value.of(7), Value.of(8)));
    assertValid(
        started,
        """
        dequeue 7   [--]
        dequeue 8        [--]
        dequeue nil           [--]
        """);
    assertThat(invalid(started, "dequeue 8   [--]").witness()).containsExactly(0);
    assertThat(invalid(started, "dequeue nil   [--]").witness()).containsExactly(0);
  }

  @Test
  void leavesRepeatedValuesThatWereTakenToTheSearch() {
    String history =
        """
        enqueue 1   [--]
        enqueue 1        [--]
        dequeue 1             [--]
        """;
    assertThat(decide(FIFO, history)).isEmpty();
    assertValid(UNORDERED, history);
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
