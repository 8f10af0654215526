package io.shardquake.harness.bench;

import io.shardquake.checkers.Limits;
import io.shardquake.faults.injector.StandardFaults;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.harness.experiment.Contract;
import io.shardquake.harness.sim.SimResult;
import io.shardquake.harness.sim.Simulation;
import io.shardquake.harness.sim.Swarm;
import io.shardquake.harness.sim.trace.RollingHash;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How fast the seeds of a campaign are, and which way they go: what is printed of each seed on
 * standard output is the same as long as nothing in its behaviour is changed. Standard error tells
 * the processor time.
 */
final class SwarmBenchmark {
  private SwarmBenchmark() {}

  /** Takes the first and the last seed, and the virtual seconds of traffic. */
  public static void main(String[] arguments) {
    long first = Long.parseLong(arguments[0]);
    long last = Long.parseLong(arguments[1]);
    List<FaultKind> kinds =
        StandardFaults.catalogue().kinds().stream()
            .filter(kind -> kind.use() == FaultKind.Use.ANY)
            .toList();
    Simulation simulation =
        new Simulation(StandardFaults.catalogue(), new Limits(Duration.ofMinutes(5), 256L << 20));
    Swarm swarm =
        new Swarm(
            Swarm.ANY_WORKLOAD,
            kinds,
            Duration.ofSeconds(Long.parseLong(arguments[2])),
            Duration.ofSeconds(60),
            Contract.REDIS_CLUSTER,
            Set.of());
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long events = 0;
    double virtual = 0;
    long begun = threads.getCurrentThreadCpuTime();
    for (long seed = first; seed <= last; seed++) {
      SimResult result = simulation.run(swarm.draw(seed));
      events += result.events();
      virtual += result.virtualNanos() / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%d %s %s %d%n",
          seed,
          RollingHash.text(result.hash()),
          result.verdict().validity(),
          result.events());
    }
    double used = (threads.getCurrentThreadCpuTime() - begun) / 1e9;
    System.err.printf(
        Locale.ROOT,
        "%.1f s of processor time, %.0f virtual seconds: %.0f times as fast, %,.0f events/s%n",
        used,
        virtual,
        virtual / used,
        events / used);
  }
}
