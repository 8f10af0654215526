package io.shardquake.checkers.linearizability.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Limits;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Call;
import io.shardquake.checkers.linearizability.model.Effect;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.checkers.linearizability.model.Step;
import io.shardquake.checkers.linearizability.oracle.DrawnHistory;
import io.shardquake.checkers.linearizability.oracle.SyntheticRegister;
import io.shardquake.checkers.linearizability.oracle.SyntheticRegister.Shape;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both searches on histories small enough to judge by eye; the register starts at 0. */
class SearchTest {
  private static final Model REGISTER = Models.casRegister(Value.of(0L));

  @ParameterizedTest
  @EnumSource
  void aHistoryWithoutOperationsIsLinearizable(SearchAlgorithm search) {
    assertValid(search, "");
  }

  @ParameterizedTest
  @EnumSource
  void aReadSeesTheWriteBeforeIt(SearchAlgorithm search) {
    assertValid(
        search,
        """
        write 1  [--]
        read 1        [--]
        """);
    assertInvalid(
        search,
        1,
        """
        write 1  [--]
        read 0        [--]
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aReadMaySeeEitherSideOfAnOverlappingWrite(SearchAlgorithm search) {
    assertValid(
        search,
        """
        write 1  [-------------]
        read 0      [--]
        read 1            [--]
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aWriteThatAnotherMayHaveOverwrittenMayAlsoBeTheLast(SearchAlgorithm search) {
    assertValid(
        search,
        """
        write 2  [--------]
        read 1     [---]
        write 1     [--------]
        read 2                  [--]
        """);
  }

  @ParameterizedTest
  @EnumSource
  void anOverwrittenValueDoesNotComeBack(SearchAlgorithm search) {
    assertInvalid(
        search,
        3,
        """
        write 1  [---]
        write 2         [---]
        read 2               [---]
        read 1                     [---]
        """);
  }

  @ParameterizedTest
  @EnumSource
  void anIndeterminateWriteMayTakeEffectLongAfterwards(SearchAlgorithm search) {
    assertValid(
        search,
        """
        write 1  [---
        write 2   [--]
        read 2         [--]
        read 1              [--]
        """);
  }

  @ParameterizedTest
  @EnumSource
  void anIndeterminateWriteTakesEffectOnceOnly(SearchAlgorithm search) {
    assertInvalid(
        search,
        3,
        """
        write 1  [---
        read 1     [--]
        write 2         [--]
        read 1               [--]
        """);
  }

  @ParameterizedTest
  @EnumSource
  void twoEqualIndeterminateWritesMayTakeEffectTwice(SearchAlgorithm search) {
    assertValid(
        search,
        """
        write 1  [---
        write 1   [--
        read 1     [--]
        write 2         [--]
        read 1               [--]
        """);
  }

  @ParameterizedTest
  @EnumSource
  void oneOfTwoEqualCompareAndSetsFails(SearchAlgorithm search) {
    assertInvalid(
        search,
        1,
        """
        cas 0 1  [----]
        cas 0 1   [----]
        """);
  }

  @ParameterizedTest
  @EnumSource
  void anIndeterminateCompareAndSetBridgesTwoValues(SearchAlgorithm search) {
    assertValid(
        search,
        """
        cas 1 2    [---
        cas 0 1      [--]
        read 2            [--]
        """);
  }

  @ParameterizedTest
  @EnumSource
  void aDequeueOfUnknownResultMayHaveTakenAnyItem(SearchAlgorithm search) {
    String drawing =
        """
        enqueue 1    [--]
        enqueue 2    [--]
        dequeue           [---
        dequeue 1               [--]
        dequeue nil                  [--]
        """;
    Model queue = Models.unorderedQueue(List.of());
    assertThat(search.analyse(DrawnHistory.of(drawing), queue, SearchLimits.none()))
        .isInstanceOf(Analysis.Valid.class);
  }

  @ParameterizedTest
  @EnumSource
  void aModelThatBreaksItsPromiseLeavesTheHistoryUndecided(SearchAlgorithm search) {
    assertUndecided(search, new Flipping(0), "OBSERVES, but in state Flipping[side=0] it does not");
  }

  @ParameterizedTest
  @EnumSource
  void aModelThatThrowsLeavesTheHistoryUndecided(SearchAlgorithm search) {
    assertUndecided(search, Models.mutex(), "a mutex takes acquire and release, not write 1");
  }

  private static void assertUndecided(SearchAlgorithm search, Model model, String cause) {
    Analysis analysis =
        search.analyse(DrawnHistory.of("write 1  [--]"), model, SearchLimits.none());
    assertThat(analysis)
        .isInstanceOfSatisfying(
            Analysis.Unknown.class, unknown -> assertThat(unknown.cause()).endsWith(cause));
  }

  /** Says of its calls that they change nothing, and changes with each. */
  private record Flipping(int side) implements Model {
    @Override
    public Step step(Call call) {
      return Step.to(new Flipping(1 - side));
    }

    @Override
    public Effect effect(Call call) {
      return Effect.OBSERVES;
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsWhenTheTimeIsOver(SearchAlgorithm search) {
    SearchLimits limits = SearchLimits.startingNow(new Limits(Duration.ofNanos(1), Long.MAX_VALUE));
    assertCause(search, limits, "time limit of 0.000 s");
  }

  @ParameterizedTest
  @EnumSource
  void endsWhenTheMemoryIsFull(SearchAlgorithm search) {
    SearchLimits limits = SearchLimits.startingNow(new Limits(Duration.ofDays(1), 1 << 10));
    assertCause(search, limits, "memory limit of 1 KiB");
  }

  @ParameterizedTest
  @EnumSource
  void endsWhenItIsCancelled(SearchAlgorithm search) {
    SearchLimits limits = SearchLimits.none();
    limits.cancel("nobody waits for it");
    assertCause(search, limits, "nobody waits for it");
  }

  private static void assertCause(SearchAlgorithm search, SearchLimits limits, String cause) {
    assertThat(search.analyse(DrawnHistory.of("write 1  [--]"), REGISTER, limits))
        .isInstanceOfSatisfying(
            Analysis.Unknown.class, unknown -> assertThat(unknown.cause()).isEqualTo(cause));
  }

  private static void assertValid(SearchAlgorithm search, String drawing) {
    assertThat(search.analyse(DrawnHistory.of(drawing), REGISTER, SearchLimits.none()))
        .isInstanceOf(Analysis.Valid.class);
  }

  private static void assertInvalid(SearchAlgorithm search, int impossible, String drawing) {
    assertThat(search.analyse(DrawnHistory.of(drawing), REGISTER, SearchLimits.none()))
        .isInstanceOf(Analysis.Invalid.class);
    assertThat(DeadEnd.find(DrawnHistory.of(drawing), REGISTER, SearchLimits.none(), 10))
        .hasValueSatisfying(end -> assertThat(end.operation()).isEqualTo(impossible));
  }

  /**
   * A slot that a read leaves when it returns may be a write's before the next return. The depth
   * first search took the write for a read there, and lost the only way on.
   */
  @ParameterizedTest
  @EnumSource(SearchAlgorithm.class)
  void tellsApartWhatFollowsEachOtherInASlot(SearchAlgorithm search) {
    ObjectHistory history = SyntheticRegister.generate(new Shape(18, 5, 0, 2, true), 121_386);
    assertThat(search.analyse(history, Models.casRegister(Value.nil()), SearchLimits.none()))
        .isInstanceOf(Analysis.Valid.class);
  }
}
