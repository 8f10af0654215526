package io.shardquake.checkers.linearizability.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Limits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SearchLimitsTest {
  @Test
  void aShareMayHoldItsPartOfTheMemory() {
    SearchLimits limits = SearchLimits.startingNow(new Limits(Duration.ofHours(1), 8 << 20));
    assertThat(limits.exceeded(5 << 20)).isEmpty();
    assertThat(limits.share(2).exceeded(5 << 20)).hasValue("memory limit of 4 MiB");
    assertThat(limits.share(16).exceeded(5 << 20)).hasValue("memory limit of 512 KiB");
  }

  @Test
  void anAttemptEndsBeforeTheWhole() {
    SearchLimits limits = SearchLimits.none();
    assertThat(limits.attempt(Duration.ZERO).exceeded(0)).hasValue("time limit of 0.000 s");
    assertThat(limits.exceeded(0)).isEmpty();
  }

  @Test
  void whatEndsTheWholeEndsItsParts() {
    SearchLimits limits = SearchLimits.none();
    SearchLimits part = limits.share(3).attempt(Duration.ofHours(1));
    limits.cancel("first cause");
    limits.cancel("second cause");
    assertThat(part.exceeded(0)).hasValue("first cause");
  }

  @Test
  void endingAPartLeavesTheWhole() {
    SearchLimits limits = SearchLimits.none();
    SearchLimits part = limits.share(2);
    part.cancel("lost the race");
    assertThat(part.exceeded(0)).hasValue("lost the race");
    assertThat(limits.exceeded(0)).isEmpty();
  }
}
