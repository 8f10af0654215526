package io.shardquake.checkers.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ColumnTest {
  /** Whatever the numbers, and in whatever order the rows are set, some of them twice. */
  @Property(tries = 300)
  void givesBackTheLastNumberSetInEachRow(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 12_000) int rows,
      @ForAll @IntRange(min = 0, max = 64) int bits,
      @ForAll @IntRange(min = 0, max = 12_000) int disorder) {
    RandomGenerator random = new SplittableRandom(seed);
    long origin = random.nextLong();
    TreeMap<Integer, Long> expected = new TreeMap<>();
    Column column = new Column();
    for (int row : shuffledWithin(rows, disorder, random)) {
      if (random.nextInt(10) > 0) {
        long value = origin + spread(random.nextLong(), random.nextInt(bits + 1));
        column.set(row, value);
        expected.put(row, value);
      }
    }

    expected.forEach(
        (row, value) -> assertThat(column.get(row)).as("row %d, loose", row).isEqualTo(value));
    column.pack();
    expected.forEach(
        (row, value) -> assertThat(column.get(row)).as("row %d, packed", row).isEqualTo(value));
  }

  private static long spread(long random, int bits) {
    return bits == 0 ? 0 : random >> (Long.SIZE - bits);
  }

  /** Rows of which none comes much earlier or later than its turn; some come again. */
  private static List<Integer> shuffledWithin(int rows, int distance, RandomGenerator random) {
    record Turn(int row, long at) {}
    List<Turn> turns = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      turns.add(new Turn(row, row + random.nextLong(distance + 1L)));
      if (random.nextInt(4) == 0) {
        turns.add(new Turn(row, row + random.nextLong(distance + 1L)));
      }
    }
    turns.sort((a, b) -> Long.compare(a.at(), b.at()));
    return turns.stream().map(Turn::row).toList();
  }

  @Test
  void holdsTheWholeRangeOfNumbersInOneChunk() {
    Column column = new Column();
    column.set(0, Long.MAX_VALUE);
    column.set(1, Long.MIN_VALUE);
    column.set(2, 0);
    column.pack();

    assertThat(List.of(column.get(0), column.get(1), column.get(2)))
        .containsExactly(Long.MAX_VALUE, Long.MIN_VALUE, 0L);
  }

  @Test
  void setsRowsLongAfterTheyWerePassed() {
    int rows = 20_000;
    List<Integer> late = new ArrayList<>();
    Column column = new Column();
    for (int row = 0; row < rows; row++) {
      if (row % 7 == 0) {
        late.add(row);
      } else {
        column.set(row, 1_000_000 + row);
      }
    }
    Collections.reverse(late);
    late.forEach(row -> column.set(row, row * 1_000_003L * (row % 2 == 0 ? 1 : -1)));

    for (int row = 0; row < rows; row++) {
      long expected = row % 7 == 0 ? row * 1_000_003L * (row % 2 == 0 ? 1 : -1) : 1_000_000 + row;
      assertThat(column.get(row)).as("row %d", row).isEqualTo(expected);
    }
  }
}
