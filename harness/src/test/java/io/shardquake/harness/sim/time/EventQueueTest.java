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
  void eventsKeepTheirOrderHoweverFarAheadTheyWereAskedFor() {
    Random random = new Random(2);
    List<Long> due = new ArrayList<>();
    List<Long> happened = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      // From nanoseconds to minutes.
      long time = random.nextLong(1L << random.nextInt(37));
      due.add(time);
      queue.at(time, () -> follow(random, due, happened));
    }
    all();
    due.sort(null);
    assertThat(happened).isEqualTo(due);
  }

  private void follow(Random random, List<Long> due, List<Long> happened) {
    long now = queue.nowNanos();
    happened.add(now);
    if (random.nextInt(3) == 0) {
      long later = now + random.nextLong(1L << random.nextInt(37));
      due.add(later);
      queue.at(later, () -> happened.add(queue.nowNanos()));
    }
  }

  @Test
  void whatIsCancelledLongBeforeItsTimeLetsNoTimePass() {
    Timeout timeout = queue.timeout(5_000_000_000L, () -> story.add("never"));
    queue.at(1_000_000_000, timeout::cancel);
    queue.at(3_000_000_000L, () -> story.add("still"));
    all();
    assertThat(story).containsExactly("still");
    assertThat(queue.nowNanos()).isEqualTo(3_000_000_000L);
    assertThat(queue.happened()).isEqualTo(2);
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
