package io.shardquake.harness.sim.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class EventQueueTest {
  private final EventQueue queue = new EventQueue();
  private final List<String> story = new ArrayList<>();

  private void all() {
    while (queue.step()) {
      assertThat(queue.happened()).isLessThan(100_000);
    }
  }

  @Test
  void whatIsDueFirstHappensFirstAndWhatIsDueAtOnceInTheOrderOfAsking() {
    queue.at(20, () -> story.add("late"));
    queue.at(10, () -> story.add("one"));
    queue.at(10, () -> story.add("two"));
    all();
    assertThat(story).containsExactly("one", "two", "late");
    assertThat(queue.nowNanos()).isEqualTo(20);
  }

  @Test
  void thousandsOfEventsHappenInTheOrderOfTheirTimes() {
    Random random = new Random(1);
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      queue.at(random.nextInt(1000), () -> times.add(queue.nowNanos()));
    }
    all();
    assertThat(times).hasSize(5000).isSorted();
  }

  @Test
  void whatIsCancelledDoesNotHappen() {
    Timeout timeout = queue.timeout(5, () -> story.add("never"));
    timeout.cancel();
    all();
    assertThat(story).isEmpty();
  }

  @Test
  void thePastIsNow() {
    queue.at(10, () -> queue.at(3, () -> story.add("at " + queue.nowNanos())));
    all();
    assertThat(story).containsExactly("at 10");
  }

  @Test
  void aStageThatFailsBreaksTheSimulationOff() {
    queue.follow(
        CompletableFuture.failedFuture(new IllegalArgumentException("wrong")),
        () -> story.add("never"));
    assertThatThrownBy(this::all).hasRootCauseMessage("wrong");
    assertThat(story).isEmpty();
  }
}
