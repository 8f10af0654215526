package io.shardquake.faults.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.history.Value;
import io.shardquake.faults.injector.StandardFaults;
import io.shardquake.faults.nemesis.Bounds;
import io.shardquake.faults.nemesis.HealReport;
import io.shardquake.faults.nemesis.Nemesis;
import io.shardquake.faults.nemesis.PlanNemesis;
import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.faults.plan.Selector;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("redis")
final class ProcessFaultsOnRedisTest {
  @TempDir Path directory;
  private final List<FaultEvent> events = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private RedisProcess redis;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server"))),
        "SKIPPED: no redis-server on the PATH; on Debian, install the package redis-server");
    redis = new RedisProcess(directory);
  }

  @AfterEach
  void end() {
    if (redis != null) {
      redis.close();
    }
    executor.shutdownNow();
  }

  private Nemesis nemesis(Fault... faults) {
    long start = System.nanoTime();
    return new PlanNemesis(
        new FaultPlan(List.of(faults)),
        StandardFaults.catalogue(),
        redis,
        new LiveScheduler(executor, () -> System.nanoTime() - start),
        Bounds.DEFAULT,
        events::add);
  }

  private static Fault fault(String kind, String on, int atMillis, int millis) {
    return Fault.of(
        kind, Selector.parse(on), Duration.ofMillis(atMillis), Duration.ofMillis(millis));
  }

  private void runToItsEnd(Nemesis nemesis) throws Exception {
    nemesis.start().toCompletableFuture().get(180, TimeUnit.SECONDS);
  }

  private String detail(int fault, Phase phase) {
    return events.stream()
        .filter(event -> event.fault() == fault && event.phase() == phase)
        .map(FaultEvent::detail)
        .findFirst()
        .orElse("not " + phase + ", but " + events);
  }

  @Test
  void killsAndStartsAgainOnTheDataThatWasLeft() throws Exception {
    redis.ask("SET", "kept", "yes");
    long before = redis.status("n1").pid();

    runToItsEnd(nemesis(fault("kill", "master-of(slot 7)", 0, 100)));

    assertThat(detail(0, Phase.BIT))
        .startsWith("n1: process " + before + " is gone; PING: ")
        .containsIgnoringCase("refused");
    assertThat(detail(0, Phase.HEALED))
        .isEqualTo("n1: process " + redis.status("n1").pid() + " runs and answers PING");
    assertThat(redis.status("n1").pid()).isNotEqualTo(before);
    redis.awaitOk();
    assertThat(redis.ask("GET", "kept")).isEqualTo(Value.of("yes"));
  }

  @Test
  void pausesAndLetsGoOn() throws Exception {
    long pid = redis.status("n1").pid();

    runToItsEnd(nemesis(fault("pause", "random-master", 0, 100)));

    assertThat(detail(0, Phase.BIT))
        .isEqualTo(
            "n1: process " + pid + " is stopped; PING: the answer to PING took longer than 500ms");
    assertThat(detail(0, Phase.HEALED)).isEqualTo("n1: process " + pid + " runs and answers PING");
  }

  @Test
  void restartsInAnOrderlyWay() throws Exception {
    runToItsEnd(nemesis(fault("restart", "every-node", 0, 0)));

    assertThat(detail(0, Phase.HEALED)).contains("runs and answers PING");
    assertThat(redis.log()).anyMatch(line -> line.contains("Redis is now ready to exit"));
  }

  @Test
  void rollsOverAllNodes() throws Exception {
    runToItsEnd(nemesis(fault("rolling-restart", "every-node", 0, 50)));

    assertThat(detail(0, Phase.BIT)).contains("all 1 nodes linked and in step");
  }

  @Test
  void killsWhatIsPausedAndHealsBoth() throws Exception {
    Nemesis nemesis =
        nemesis(fault("pause", "node 1", 0, 60_000), fault("kill", "node 1", 700, 60_000));
    nemesis.start();
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                events.stream()
                    .anyMatch(event -> event.fault() == 1 && event.phase() == Phase.BIT));

    HealReport report = nemesis.heal().toCompletableFuture().get(180, TimeUnit.SECONDS);

    assertThat(report.complete()).as("%s", report).isTrue();
    assertThat(redis.ask("PING")).isEqualTo(Value.of("PONG"));
  }
}
