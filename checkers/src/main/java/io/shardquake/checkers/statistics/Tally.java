package io.shardquake.checkers.statistics;

import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Counts while the operations pass by. Not thread-safe. */
final class Tally {
  private record ErrorKey(String error, Completion.Type outcome) implements Comparable<ErrorKey> {
    @Override
    public int compareTo(ErrorKey other) {
      return Comparator.comparing(ErrorKey::error)
          .thenComparing(ErrorKey::outcome)
          .compare(this, other);
    }
  }

  private static final class FunctionTally {
    private final Histogram latency = new Histogram(3);
    private long ok;
    private long fail;
    private long info;
  }

  private static final class ErrorTally {
    private long count;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
  }

  private final Map<String, FunctionTally> functions = new TreeMap<>();
  private final Map<ErrorKey, ErrorTally> errors = new TreeMap<>();
  private final Map<String, Long> served = new TreeMap<>();
  private long redirected;
  private long first = Long.MAX_VALUE;
  private long last;

  void add(History history, int row) {
    long invoked = history.invocationTimeNanos(row);
    first = Math.min(first, invoked);
    last = Math.max(last, invoked);
    FunctionTally function =
        functions.computeIfAbsent(
            history.functionName(history.function(row)), f -> new FunctionTally());
    if (!history.isCompleted(row)) {
      function.info++;
      error(ErrorStatistics.NO_COMPLETION, Completion.Type.INFO, invoked);
      return;
    }
    long completed = history.completionTimeNanos(row);
    last = Math.max(last, completed);
    Attribution attribution = history.attribution(row);
    if (attribution.redirects() > 0) {
      redirected++;
    }
    Completion.Type type = history.type(row);
    switch (type) {
      case OK -> {
        function.ok++;
        function.latency.recordValue(Math.max(0, completed - invoked));
        attribution.nodes().forEach(node -> served.merge(node, 1L, Long::sum));
      }
      case FAIL -> {
        function.fail++;
        error(history.error(row), type, completed);
      }
      case INFO -> {
        function.info++;
        error(history.error(row), type, completed);
      }
    }
  }

  private void error(String error, Completion.Type outcome, long timeNanos) {
    ErrorTally tally = errors.computeIfAbsent(new ErrorKey(error, outcome), k -> new ErrorTally());
    tally.count++;
    tally.first = Math.min(tally.first, timeNanos);
    tally.last = Math.max(tally.last, timeNanos);
  }

  RunStatistics total() {
    List<FunctionStatistics> byFunction = new ArrayList<>();
    Histogram all = new Histogram(3);
    functions.forEach(
        (name, t) -> {
          all.add(t.latency);
          byFunction.add(new FunctionStatistics(name, t.ok, t.fail, t.info, Latency.of(t.latency)));
        });
    List<ErrorStatistics> byError = new ArrayList<>();
    errors.forEach(
        (key, t) ->
            byError.add(new ErrorStatistics(key.error(), key.outcome(), t.count, t.first, t.last)));
    byError.sort(Comparator.comparingLong(ErrorStatistics::count).reversed());
    return new RunStatistics(
        List.copyOf(byFunction),
        List.copyOf(byError),
        served,
        redirected,
        Latency.of(all),
        functions.isEmpty() ? 0 : first,
        last);
  }
}
