package io.shardquake.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class OperationChoiceTest {
  private static final PageBounds TEN = new PageBounds(10, 1, 1, 1, 1, 1, 1, 100, 1);

  /** Every {@code failing}-th of them fails. */
  private static History history(int size, int failing) {
    History.Builder history = new History.Builder();
    for (int i = 0; i < size; i++) {
      history.invoke(new Invocation(2L * i, i, 0, "read", Value.of("k"), Value.nil()));
      history.complete(
          0,
          i % failing == 0
              ? new Completion.Fail(2L * i + 1, i, "CLUSTERDOWN", Attribution.NONE)
              : new Completion.Ok(2L * i + 1, i, Value.nil(), Attribution.NONE));
    }
    return history.build();
  }

  @Test
  void takesAllIfTheyAreFew() {
    Notices notices = new Notices();
    assertThat(new OperationChoice(history(10, 2), TEN).rows(notices)).hasSize(10);
    assertThat(notices.list()).isEmpty();
  }

  @Test
  void keepsWhatWasAskedForAndFillsTheRestEvenly() {
    OperationChoice choice = new OperationChoice(history(1000, 500), TEN);
    choice.add(777);
    choice.add(778);
    Notices notices = new Notices();
    int[] rows = choice.rows(notices);
    assertThat(rows).hasSize(10).isSorted().contains(777, 778).contains(0, 500);
    assertThat(Arrays.stream(rows).filter(row -> row < 500).count()).isBetween(3L, 6L);
    assertThat(notices.list())
        .hasSize(1)
        .first()
        .asString()
        .contains("Of 1,000 operations", "2 of 2");
  }

  @Test
  void leavesRoomForSuccessesWhenNearlyAllFailed() {
    History history = history(1000, 1);
    assertThat(new OperationChoice(history, TEN).rows(new Notices())).hasSize(5);
  }

  @Test
  void findsRowsByIndex() {
    OperationChoice choice = new OperationChoice(history(100, 7), TEN);
    assertThat(choice.rowOf(42)).hasValue(21);
    assertThat(choice.rowOf(43)).isEmpty();
    assertThat(choice.rowOf(1000)).isEmpty();
  }
}
