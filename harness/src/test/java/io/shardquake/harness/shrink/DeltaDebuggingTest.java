package io.shardquake.harness.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DeltaDebuggingTest {
  private static final List<Integer> WHOLE = IntStream.range(0, 5000).boxed().toList();

  @Test
  void leavesOnlyWhatTheFailureNeeds() {
    List<Integer> needed = List.of(17, 2600, 2601, 4999);
    List<Integer> left =
        new DeltaDebugging(() -> false).minimize(WHOLE, part -> part.containsAll(needed));
    assertThat(left).isEqualTo(needed);
  }

  @Test
  void leavesNothingOfWhatTheFailureDoesNotNeed() {
    assertThat(new DeltaDebugging(() -> false).minimize(WHOLE, part -> true)).isEmpty();
  }

  @Test
  void keepsTheBestWhenItIsEnough() {
    List<Integer> tried = new ArrayList<>();
    List<Integer> left =
        new DeltaDebugging(() -> tried.size() >= 3)
            .minimize(
                WHOLE,
                part -> {
                  tried.add(part.size());
                  return part.contains(0);
                });
    assertThat(tried).hasSize(3);
    assertThat(left).contains(0).hasSizeLessThan(WHOLE.size());
  }
}
