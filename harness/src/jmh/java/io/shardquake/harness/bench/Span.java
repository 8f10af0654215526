package io.shardquake.harness.bench;

import io.shardquake.harness.target.RunningCluster;
import java.util.List;
import java.util.Locale;

/** What was done between two readings, and what it cost in processor time. */
record Span(long nanos, long operations, long clientNanos, long serverNanos) {
  /** What has been done, and what it has cost, at one time. */
  record Reading(long nanos, long operations, long clientNanos, long serverNanos) {
    Span to(Reading later) {
      return new Span(
          later.nanos - nanos,
          later.operations - operations,
          later.clientNanos - clientNanos,
          later.serverNanos - serverNanos);
    }
  }

  /**
   * @param operations how many have ended so far
   */
  static Reading read(RunningCluster cluster, long operations) {
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

  /** Operations a second. */
  double rate() {
    return operations * 1e9 / nanos;
  }

  static double median(List<Double> rates) {
    double[] sorted = rates.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
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
