package io.shardquake.harness.bench;

import io.shardquake.harness.interpreter.RunClock;
import io.shardquake.harness.sampler.TopologySampler;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.harness.target.ClusterOptions.Wiring;
import io.shardquake.harness.target.RedisTarget;
import io.shardquake.harness.target.RunningCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the link proxy and the topology sampler take from the rate of recorded operations: the
 * workload {@code register} on a cluster without either, with the sampler, and on one behind the
 * proxy, in turns. See docs/BENCHMARKS.md.
 */
public final class OverheadBenchmark {
  private enum Setting {
    BARE,
    SAMPLED,
    PROXIED
  }

  private OverheadBenchmark() {}

  /**
   * @param arguments number of processes, of rounds, of seconds a round
   */
  public static void main(String[] arguments) throws Exception {
    int processes = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    Duration measured = Duration.ofSeconds(Integer.parseInt(arguments[2]));
    Path directory = Files.createTempDirectory("overhead-benchmark");
    try (RunningCluster direct = start(directory.resolve("direct"), Wiring.DIRECT);
        RunningCluster proxied = start(directory.resolve("proxied"), Wiring.PROXIED)) {
      Map<Setting, List<Double>> rates = new EnumMap<>(Setting.class);
      for (int round = 0; round <= rounds; round++) {
        for (Setting setting : Setting.values()) {
          Path file = directory.resolve("history");
          Span span =
              switch (setting) {
                case BARE -> RegisterTraffic.record(direct, processes, measured, file);
                case SAMPLED -> sampled(direct, processes, measured, file);
                case PROXIED -> RegisterTraffic.record(proxied, processes, measured, file);
              };
          Files.delete(file);
          System.out.printf("round %d: %s %s%n", round, setting, span);
          if (round > 0) {
            rates.computeIfAbsent(setting, first -> new ArrayList<>()).add(span.rate());
          }
        }
      }
      double bare = Span.median(rates.get(Setting.BARE));
      rates.forEach(
          (setting, all) ->
              System.out.printf(
                  "%s: median %,.0f/s, ratio %.2f%n",
                  setting, Span.median(all), Span.median(all) / bare));
    }
  }

  private static RunningCluster start(Path directory, Wiring wiring) throws Exception {
    return RedisTarget.onThisMachine()
        .start(
            ClusterOptions.DEFAULT.withWiring(wiring),
            Files.createDirectory(directory),
            RunClock.startNow());
  }

  private static Span sampled(RunningCluster cluster, int processes, Duration measured, Path file)
      throws IOException {
    LongAdder samples = new LongAdder();
    try (TopologySampler sampler =
        TopologySampler.start(cluster, TopologySampler.INTERVAL, sample -> samples.increment())) {
      Span span = RegisterTraffic.record(cluster, processes, measured, file);
      sampler.sampleOnce().join();
      System.out.printf("%d samples%n", samples.sum());
      return span;
    }
  }
}
