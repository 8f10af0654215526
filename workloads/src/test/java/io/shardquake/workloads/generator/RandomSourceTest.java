package io.shardquake.workloads.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RandomSourceTest {
  @Test
  void isSplitMix64() {
    // The first outputs for seed 1234567 that the algorithm's published reference program gives.
    RandomSource random = RandomSource.seeded(1234567);
    assertThat(draws(random, 3))
        .containsExactly(6457827717110365317L, 3203168211198807973L, -8629252141511181193L);
  }

  @Test
  void forksDependOnSeedAndLabelAlone() {
    RandomSource drawn = RandomSource.seeded(5);
    drawn.nextLong();
    assertThat(draws(drawn.fork("keys"), 3))
        .isEqualTo(draws(RandomSource.seeded(5).fork("keys"), 3))
        .isNotEqualTo(draws(RandomSource.seeded(5).fork("faults"), 3))
        .isNotEqualTo(draws(RandomSource.seeded(6).fork("keys"), 3));
  }

  @Test
  void forksOfForksDiffer() {
    RandomSource random = RandomSource.seeded(5);
    assertThat(random.fork("a").fork("b").nextLong())
        .isNotEqualTo(random.fork("b").fork("a").nextLong())
        .isNotEqualTo(random.fork("a").nextLong());
  }

  @Property
  void drawsStayBelowTheirBound(@ForAll long seed, @ForAll @IntRange(min = 1) int bound) {
    assertThat(RandomSource.seeded(seed).nextInt(bound)).isBetween(0, bound - 1);
  }

  @Test
  void smallBoundsAreDrawnEvenly() {
    RandomSource random = RandomSource.seeded(3);
    int[] counts = new int[6];
    for (int i = 0; i < 60_000; i++) {
      counts[random.nextInt(6)]++;
    }
    assertThat(counts).satisfies(all -> assertThat(all).hasSize(6));
    assertThat(IntStream.of(counts).allMatch(count -> count > 9_600 && count < 10_400)).isTrue();
  }

  @Test
  void refusesABoundThatIsNotPositive() {
    assertThatThrownBy(() -> RandomSource.seeded(1).nextInt(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void fractionsStayBelowOne(@ForAll long seed) {
    assertThat(RandomSource.seeded(seed).nextDouble()).isGreaterThanOrEqualTo(0).isLessThan(1);
  }

  @Property
  void shufflingKeepsEveryItem(@ForAll long seed, @ForAll List<Integer> items) {
    assertThat(RandomSource.seeded(seed).shuffled(items))
        .containsExactlyInAnyOrderElementsOf(items);
  }

  private static List<Long> draws(RandomSource random, int count) {
    return LongStream.generate(random::nextLong).limit(count).boxed().toList();
  }
}
