package io.shardquake.workloads.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialTest {
  private final Serial serial = new Serial();

  @Test
  void runsATaskFromWithinATaskAfterIt() {
    List<String> order = new ArrayList<>();
    serial.run(
        () -> {
          order.add("first begins");
          serial.run(() -> order.add("second"));
          serial.run(() -> order.add("third"));
          order.add("first ends");
        });
    assertThat(order).containsExactly("first begins", "first ends", "second", "third");
  }

  @Test
  void goesOnAfterATaskThatFailed() {
    List<String> order = new ArrayList<>();
    serial.run(
        () -> {
          serial.run(() -> order.add("next"));
          throw new IllegalStateException("expected by this test");
        });
    serial.run(() -> order.add("later"));
    assertThat(order).containsExactly("next", "later");
  }

  @Test
  void neverRunsTwoTasksAtOnceAndLosesNone() throws InterruptedException {
    int threads = 4;
    int tasksEach = 20_000;
    int[] unguarded = new int[1];
    CountDownLatch done = new CountDownLatch(threads * tasksEach);
    List<Thread> bringing =
        IntStream.range(0, threads)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          for (int task = 0; task < tasksEach; task++) {
                            serial.run(
                                () -> {
                                  unguarded[0]++;
                                  done.countDown();
                                });
                          }
                        }))
            .toList();
    bringing.forEach(Thread::start);
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(unguarded[0]).isEqualTo(threads * tasksEach);
  }
}
