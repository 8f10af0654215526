package io.shardquake.harness.bench;

import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.HistoryReader;
import io.shardquake.checkers.history.HistoryWriter;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.harness.interpreter.HistorySink;
import io.shardquake.harness.interpreter.LiveInterpreter;
import io.shardquake.harness.interpreter.RunClock;
import io.shardquake.harness.interpreter.StopSignal;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.harness.target.NodeEndpoint;
import io.shardquake.harness.target.RedisTarget;
import io.shardquake.harness.target.RunningCluster;
import io.shardquake.workloads.ClusterAccess;
import io.shardquake.workloads.WorkloadOptions;
import io.shardquake.workloads.client.ClientFactory;
import io.shardquake.workloads.generator.RandomSource;
import io.shardquake.workloads.lettuce.LettuceTransports;
import io.shardquake.workloads.register.RegisterWorkload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Recorded operations per second of the workload {@code register} without faults, against a bare
 * loop over Lettuce with as many connections that sends the very commands that were recorded; in
 * turns, on one cluster of three masters and three replicas. See docs/BENCHMARKS.md.
 */
public final class ThroughputBenchmark {
  private static final Duration WARM_UP = Duration.ofSeconds(2);

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
      Span recordedSpan = recorded(file);
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
        median(bare),
        median(recorded),
        median(recorded) / median(bare));
  }

  private Span recorded(Path file) throws IOException {
    RegisterWorkload workload = new RegisterWorkload();
    ClusterAccess access =
        new ClusterAccess(
            cluster.endpoints().stream()
                .map(node -> new ClusterAccess.Node(node.name(), node.host(), node.port()))
                .toList(),
            Duration.ofSeconds(1));
    RunClock clock = RunClock.startNow();
    LongAdder completed = new LongAdder();
    try (HistoryWriter writer = HistoryWriter.create(file);
        ClientFactory clients =
            LettuceTransports.clients(access, workload.commands(WorkloadOptions.DEFAULT));
        LiveInterpreter interpreter =
            new LiveInterpreter(
                processes,
                RandomSource.seeded(1),
                clients,
                sink(writer),
                clock,
                Duration.ofSeconds(2),
                (result, nanos) -> completed.increment())) {
      interpreter.run(
          workload.generator(WorkloadOptions.DEFAULT), WARM_UP.toNanos(), new StopSignal());
      Reading before = read(completed.sum());
      interpreter.run(
          workload.generator(WorkloadOptions.DEFAULT),
          clock.getAsLong() + measured.toNanos(),
          new StopSignal());
      return before.to(read(completed.sum()));
    }
  }

  private Span bare(History history) throws InterruptedException {
    List<BareRequest> requests = new ArrayList<>(history.size());
    history.forEach(
        operation -> requests.add(BareRequest.of(operation, slot -> masterOfSlot[slot])));
    try (BareLoop loop = new BareLoop(masters, processes, requests)) {
      loop.start();
      TimeUnit.NANOSECONDS.sleep(WARM_UP.toNanos());
      Reading before = read(loop.completed());
      TimeUnit.NANOSECONDS.sleep(measured.toNanos());
      return before.to(read(loop.completed()));
    }
  }

  /** What has been done, and what it has cost, at one time. */
  private record Reading(long nanos, long operations, long clientNanos, long serverNanos) {
    Span to(Reading later) {
      return new Span(
          later.nanos - nanos,
          later.operations - operations,
          later.clientNanos - clientNanos,
          later.serverNanos - serverNanos);
    }
  }

  /** What was done meanwhile, and what it cost in processor time. */
  private record Span(long nanos, long operations, long clientNanos, long serverNanos) {
    double rate() {
      return operations * 1e9 / nanos;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,.0f/s (client %.1f us, servers %.1f us an operation)",
          rate(),
          clientNanos / 1e3 / operations,
          serverNanos / 1e3 / operations);
    }
  }

  private Reading read(long operations) {
    long servers =
        cluster.nodes().stream()
            .map(node -> cluster.status(node).pid())
            .mapToLong(pid -> cpuNanos(ProcessHandle.of(pid).orElseThrow()))
            .sum();
    return new Reading(System.nanoTime(), operations, cpuNanos(ProcessHandle.current()), servers);
  }

  private static long cpuNanos(ProcessHandle process) {
    return process.info().totalCpuDuration().orElseThrow().toNanos();
  }

  private static double median(List<Double> rates) {
    double[] sorted = rates.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static HistorySink sink(HistoryWriter writer) {
    return new HistorySink() {
      @Override
      public void invoked(Invocation invocation) throws IOException {
        writer.invoke(invocation);
      }

      @Override
      public void completed(int process, Completion completion) throws IOException {
        writer.complete(process, completion);
      }

      @Override
      public void flush() throws IOException {
        writer.flush();
      }
    };
  }
}
