package io.shardquake.checkers.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Attribution SERVED = new Attribution(List.of("n1"), 2);

  private static Invocation invocation(long index, int process, String function, Value value) {
    return new Invocation(index, index * 10, process, function, Value.of("k"), value);
  }

  @Test
  void givesBackWhatWasAdded() {
    Invocation write = invocation(0, 3, "write", Value.of(7));
    Invocation read = invocation(1, 4, "read", Value.nil());
    Invocation cas = invocation(2, 5, "cas", Value.pair(Value.of(-1), Value.of(2)));
    Invocation lost = invocation(3, 6, "append", Value.of("x"));
    Completion ok = new Completion.Ok(4, 50, Value.of(7), SERVED);
    Completion fail = new Completion.Fail(5, 60, "moved", Attribution.NONE);
    Completion info = new Completion.Info(6, 70, "timeout", SERVED);
    History history =
        new History.Builder()
            .invoke(write)
            .invoke(read)
            .invoke(cas)
            .invoke(lost)
            .complete(4, ok)
            .complete(5, fail)
            .complete(3, info)
            .build();

    assertThat(history)
        .containsExactly(
            new Operation(write, Optional.of(info)),
            new Operation(read, Optional.of(ok)),
            new Operation(cas, Optional.of(fail)),
            new Operation(lost, Optional.empty()));
  }

  @Test
  void tellsTheSameByNumberAsByObject() {
    History history =
        new History.Builder()
            .invoke(invocation(0, 3, "cas", Value.pair(Value.of(-1), Value.of(2))))
            .invoke(invocation(1, 4, "read", Value.nil()))
            .complete(4, new Completion.Ok(2, 30, Value.of(7), SERVED))
            .build();

    assertThat(history.argumentShape(0)).isEqualTo(Shape.PAIR);
    assertThat(history.argumentFirst(0)).isEqualTo(-1);
    assertThat(history.argumentSecond(0)).isEqualTo(2);
    assertThat(history.isCompleted(0)).isFalse();
    assertThat(history.type(0)).isEqualTo(Completion.Type.INFO);
    assertThat(history.completionIndex(0)).isEqualTo(History.NEVER);
    assertThat(history.resultShape(0)).isEqualTo(Shape.NIL);
    assertThat(history.resultShape(1)).isEqualTo(Shape.INT);
    assertThat(history.resultNumber(1)).isEqualTo(7);
    assertThat(history.functionName(history.function(1))).isEqualTo("read");
    assertThat(history.functionNumber("cas")).hasValue(history.function(0));
    assertThat(history.functionNumber("write")).isEmpty();
    assertThat(history.attribution(1)).isEqualTo(SERVED);
  }

  @Test
  void givesAnExcerptWithTheSameEvents() {
    History whole =
        new History.Builder()
            .invoke(invocation(0, 3, "write", Value.of(7)))
            .invoke(invocation(1, 4, "read", Value.nil()))
            .complete(3, new Completion.Info(2, 20, "timeout", SERVED))
            .complete(4, new Completion.Ok(3, 30, Value.of(7), SERVED))
            .invoke(invocation(4, 4, "write", Value.of(8)))
            .build();

    assertThat(whole.where(row -> true)).isSameAs(whole);
    assertThat(whole.where(row -> row != 1)).containsExactly(whole.get(0), whole.get(2));
    assertThat(whole.where(row -> row == 1)).containsExactly(whole.get(1));
    assertThat(whole.where(row -> false)).isEmpty();
  }

  @Test
  void listsTheRowsOfEachKeyInOrder() {
    History.Builder builder = new History.Builder();
    for (int i = 0; i < 10; i++) {
      builder.invoke(new Invocation(i, i, i, "read", Value.of(i % 3), Value.nil()));
    }
    History history = builder.build();

    assertThat(history.keyCount()).isEqualTo(3);
    int two = history.keyNumber(Value.of(2)).orElseThrow();
    assertThat(history.keyValue(two)).isEqualTo(Value.of(2));
    assertThat(history.rowsOfKey(two).stream()).containsExactly(2, 5, 8);
    assertThat(history.rowsOfKey(two).get(1)).isEqualTo(5);
  }

  @Test
  void refusesEventsThatCannotFollow() {
    History.Builder builder = new History.Builder().invoke(invocation(5, 1, "read", Value.nil()));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.invoke(invocation(6, 1, "read", Value.nil())))
        .withMessage("process 1 invokes while its last operation is open");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.invoke(invocation(5, 2, "read", Value.nil())))
        .withMessage("index 5 does not follow index 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.invoke(invocation(6, -1, "read", Value.nil())))
        .withMessage("process -1 is negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.complete(2, new Completion.Info(7, 70, "", Attribution.NONE)))
        .withMessage("process 2 completes what it did not invoke");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.complete(1, new Completion.Info(7, 49, "", Attribution.NONE)))
        .withMessage("process 1 completes at a time before it invoked");
    builder.complete(1, new Completion.Info(7, 70, "", Attribution.NONE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.invoke(invocation(8, 1, "read", Value.nil())))
        .withMessage("process 1 invokes after its last operation ended as info");
  }

  @Test
  void isBuiltOnce() {
    History.Builder builder = new History.Builder();
    builder.build();

    assertThatIllegalStateException().isThrownBy(builder::build);
  }

  @Test
  void keepsEveryNumberOfALongHistory() {
    History.Builder builder = new History.Builder();
    int operations = 100_000;
    for (int i = 0; i < operations; i++) {
      long value = (long) i * i * (i % 2 == 0 ? 1 : Integer.MIN_VALUE);
      builder.invoke(new Invocation(2L * i, i, i % 50, "write", Value.nil(), Value.of(value)));
      builder.complete(
          i % 50,
          new Completion.Ok(2L * i + 1, i + (1L << (i % 62)), Value.nil(), Attribution.NONE));
    }
    History history = builder.build();

    for (int i = 0; i < operations; i++) {
      assertThat(history.argumentNumber(i))
          .isEqualTo((long) i * i * (i % 2 == 0 ? 1 : Integer.MIN_VALUE));
      assertThat(history.completionTimeNanos(i)).isEqualTo(i + (1L << (i % 62)));
    }
  }
}
