package io.shardquake.checkers.statistics;

import io.shardquake.checkers.history.History;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of one history.
 *
 * @param functions per function, by name
 * @param errors per error and outcome, most frequent first
 * @param served how many operations each node answered with Ok, by name of node
 * @param redirected how many operations followed at least one redirection
 * @param latency of all operations that happened
 * @param firstNanos when the first operation was invoked; 0 if there is none
 * @param lastNanos when the last event was recorded; 0 if there is none
 */
public record RunStatistics(
    List<FunctionStatistics> functions,
    List<ErrorStatistics> errors,
    Map<String, Long> served,
    long redirected,
    Latency latency,
    long firstNanos,
    long lastNanos) {

  public RunStatistics {
    functions = List.copyOf(functions);
    errors = List.copyOf(errors);
    served = Collections.unmodifiableMap(new LinkedHashMap<>(served));
  }

  /** Counts and measures every operation, in one pass. */
  public static RunStatistics of(History history) {
    Tally tally = new Tally();
    for (int row = 0; row < history.size(); row++) {
      tally.add(history, row);
    }
    return tally.total();
  }

  public long ok() {
    return functions.stream().mapToLong(FunctionStatistics::ok).sum();
  }

  public long fail() {
    return functions.stream().mapToLong(FunctionStatistics::fail).sum();
  }

  public long info() {
    return functions.stream().mapToLong(FunctionStatistics::info).sum();
  }

  public long attempted() {
    return ok() + fail() + info();
  }

  /** Operations that happened, per second between the first and the last event; 0 if none did. */
  public double okPerSecond() {
    return lastNanos > firstNanos ? ok() * 1e9 / (lastNanos - firstNanos) : 0;
  }
}
