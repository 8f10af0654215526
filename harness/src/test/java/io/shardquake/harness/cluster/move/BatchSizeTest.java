package io.shardquake.harness.cluster.move;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class BatchSizeTest {
  private static final long MEBIBYTE = 1L << 20;

  @Test
  void holdsAsManySmallKeysAsItsNumber() {
    BatchSize size = new BatchSize(OptionalInt.of(10));

    assertThat(size.end(new long[25], 0)).isEqualTo(10);
    assertThat(size.end(new long[25], 20)).as("no more are left").isEqualTo(25);
  }

  @Test
  void endsBeforeTheKeyThatWouldBeTooMuch() {
    BatchSize size = new BatchSize(OptionalInt.of(10));
    long[] bytes = {MEBIBYTE, MEBIBYTE, 1, MEBIBYTE};

    assertThat(size.end(bytes, 0)).isEqualTo(2);
    assertThat(size.end(bytes, 2)).isEqualTo(4);
  }

  @Test
  void holdsOneKeyHoweverLarge() {
    long[] bytes = new long[3];
    Arrays.fill(bytes, 100 * MEBIBYTE);

    assertThat(new BatchSize(OptionalInt.empty()).end(bytes, 1)).isEqualTo(2);
  }

  @Test
  void growsWhileQuickAndShrinksWhenSlow() {
    BatchSize size = new BatchSize(OptionalInt.empty());
    int first = size.get();

    size.took(1_000_000);
    assertThat(size.get()).isEqualTo(2 * first);
    size.took(5_000_000);
    assertThat(size.get()).isEqualTo(2 * first);
    size.took(9_000_000);
    assertThat(size.get()).isEqualTo(first);
    size.failed();
    assertThat(size.get()).isEqualTo(1);
  }
}
