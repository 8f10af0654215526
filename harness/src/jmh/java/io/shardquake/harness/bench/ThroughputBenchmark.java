package io.shardquake.harness.bench;

import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.HistoryReader;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.harness.interpreter.RunClock;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.harness.target.NodeEndpoint;
import io.shardquake.harness.target.RedisTarget;
import io.shardquake.harness.target.RunningCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Recorded operations per second of the workload {@code register} without faults, against a bare
 * loop over Lettuce with as many connections that sends the very commands that were recorded; in
 * turns, on one cluster of three masters and three replicas. See docs/BENCHMARKS.md.
 */
public final class ThroughputBenchmark {
  private final RunningCluster cluster;
  private final List<NodeEndpoint> masters;
  private final int[] masterOfSlot;
  private final Path directory;
  private final int processes;
  private final Duration measured;

  private ThroughputBenchmark(
      RunningCluster cluster, Path directory, int processes, Duration measured) {
    this.cluster = cluster;
    this.directory = directory;
    this.processes = processes;
    this.measured = measured;
    this.masters = new ArrayList<>();
    this.masterOfSlot = new int[16_384];
    ClusterView view = ClusterView.of(cluster.view("n1").toCompletableFuture().join());
    for (NodeView node : view.nodes()) {
      if (!node.slots().isEmpty()) {
        int place = masters.size();
        masters.add(endpoint(node.id()));
        node.slots()
            .forEach(range -> Arrays.fill(masterOfSlot, range.first(), range.last() + 1, place));
      }
    }
  }

  private NodeEndpoint endpoint(String id) {
    return cluster.endpoints().stream()
        .filter(node -> node.nodeId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /**
   * @param arguments number of processes, of rounds, of seconds a round
   */
  public static void main(String[] arguments) throws Exception {
    int processes = argument(arguments, 0, 30);
    int rounds = argument(arguments, 1, 7);
    Duration measured = Duration.ofSeconds(argument(arguments, 2, 5));
    Path directory = Files.createTempDirectory("throughput-benchmark");
    RunClock clock = RunClock.startNow();
    try (RunningCluster cluster =
        RedisTarget.onThisMachine().start(ClusterOptions.DEFAULT, directory, clock)) {
      System.out.println(cluster.serverDescription());
      new ThroughputBenchmark(cluster, directory, processes, measured).run(rounds);
    }
  }

  private static int argument(String[] arguments, int index, int fallback) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : fallback;
  }

  private void run(int rounds) throws IOException, InterruptedException {
    List<Double> recorded = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      Path file = directory.resolve("history-" + round + ".jsonl");
      Span recordedSpan = RegisterTraffic.record(cluster, processes, measured, file);
      History history = HistoryReader.read(file).content();
      Files.delete(file);
      Span bareSpan = bare(history);
      System.out.printf(
          "round %d: bare %s, recorded %s, ratio %.3f%s%n",
          round,
          bareSpan,
          recordedSpan,
          recordedSpan.rate() / bareSpan.rate(),
          round == 0 ? " (warm-up)" : "");
      if (round > 0) {
        recorded.add(recordedSpan.rate());
        bare.add(bareSpan.rate());
      }
    }
    System.out.printf(
        "%d processes, medians of %d rounds of %d s: bare %,.0f/s, recorded %,.0f/s, ratio %.3f%n",
        processes,
        rounds,
        measured.toSeconds(),
        Span.median(bare),
        Span.median(recorded),
        Span.median(recorded) / Span.median(bare));
  }

  private Span bare(History history) throws InterruptedException {
    List<BareRequest> requests = new ArrayList<>(history.size());
    history.forEach(
        operation -> requests.add(BareRequest.of(operation, slot -> masterOfSlot[slot])));
    try (BareLoop loop = new BareLoop(masters, processes, requests)) {
      loop.start();
      TimeUnit.NANOSECONDS.sleep(RegisterTraffic.WARM_UP.toNanos());
      Span.Reading before = Span.read(cluster, loop.completed());
      TimeUnit.NANOSECONDS.sleep(measured.toNanos());
      return before.to(Span.read(cluster, loop.completed()));
    }
  }
}
