package io.shardquake.harness.bench;

import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.HistoryWriter;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.harness.interpreter.HistorySink;
import io.shardquake.harness.interpreter.LiveInterpreter;
import io.shardquake.harness.interpreter.RunClock;
import io.shardquake.harness.interpreter.StopSignal;
import io.shardquake.harness.target.RunningCluster;
import io.shardquake.workloads.ClusterAccess;
import io.shardquake.workloads.WorkloadOptions;
import io.shardquake.workloads.client.ClientFactory;
import io.shardquake.workloads.generator.RandomSource;
import io.shardquake.workloads.lettuce.LettuceTransports;
import io.shardquake.workloads.register.RegisterWorkload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** The workload {@code register} without faults, recorded as runs do, as fast as it goes. */
final class RegisterTraffic {
  static final Duration WARM_UP = Duration.ofSeconds(2);

  private RegisterTraffic() {}

  /**
   * @param processes how many clients
   * @param file where the history is written
   * @return what was done in the time that is measured, after the warm-up
   */
  static Span record(RunningCluster cluster, int processes, Duration measured, Path file)
      throws IOException {
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
      Span.Reading before = Span.read(cluster, completed.sum());
      interpreter.run(
          workload.generator(WorkloadOptions.DEFAULT),
          clock.getAsLong() + measured.toNanos(),
          new StopSignal());
      return before.to(Span.read(cluster, completed.sum()));
    }
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
