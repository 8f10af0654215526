package io.shardquake.checkers.statistics;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures; judges only whether there was anything to judge: a run in which no operation succeeded
 * proves nothing and is {@link Validity#UNKNOWN}.
 */
public final class StatisticsChecker implements Checker {
  public static final String NAME = "statistics";
  private static final long NOTABLE_NANOS = 1_000_000_000;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    History history = evidence.history();
    RunStatistics run = RunStatistics.of(history);
    Shards shards = Shards.of(evidence.topology().timeline());
    String[] shardOfKey = new String[history.keyCount()];
    for (int key = 0; key < shardOfKey.length; key++) {
      shardOfKey[key] = shards.of(history.keyValue(key));
    }
    Availability availability =
        Availability.of(history, row -> shardOfKey[history.key(row)], NOTABLE_NANOS);
    Value.Mapping figures = figures(run, availability);
    if (run.ok() == 0) {
      String reason =
          run.attempted() == 0
              ? "no operation was recorded"
              : "none of " + run.attempted() + " operations succeeded";
      return new Verdict(NAME, Validity.UNKNOWN, reason, List.of(), figures, List.of());
    }
    String reason =
        String.format(
            Locale.ROOT,
            "%d of %d operations succeeded, %.0f a second",
            run.ok(),
            run.attempted(),
            run.okPerSecond());
    return new Verdict(NAME, Validity.VALID, reason, List.of(), figures, List.of());
  }

  private static Value.Mapping figures(RunStatistics run, Availability availability) {
    Map<String, Value> figures = new LinkedHashMap<>();
    figures.put("attempted", Value.of(run.attempted()));
    figures.put("ok", Value.of(run.ok()));
    figures.put("fail", Value.of(run.fail()));
    figures.put("info", Value.of(run.info()));
    figures.put("okPerSecond", Value.of(run.okPerSecond()));
    figures.put("redirected", Value.of(run.redirected()));
    figures.put("latencyNanos", latency(run.latency()));
    Map<String, Value> functions = new LinkedHashMap<>();
    for (FunctionStatistics function : run.functions()) {
      Map<String, Value> one = new LinkedHashMap<>();
      one.put("ok", Value.of(function.ok()));
      one.put("fail", Value.of(function.fail()));
      one.put("info", Value.of(function.info()));
      one.put("latencyNanos", latency(function.latency()));
      functions.put(function.function(), new Value.Mapping(one));
    }
    figures.put("functions", new Value.Mapping(functions));
    figures.put("errors", Value.of(run.errors().stream().map(StatisticsChecker::error).toList()));
    Map<String, Value> served = new LinkedHashMap<>();
    run.served().forEach((node, count) -> served.put(node, Value.of(count)));
    figures.put("served", new Value.Mapping(served));
    figures.put(
        "longestUnavailable",
        Value.of(availability.longestPerShard().stream().map(StatisticsChecker::window).toList()));
    return new Value.Mapping(figures);
  }

  private static Value latency(Latency latency) {
    Map<String, Value> quantiles = new LinkedHashMap<>();
    quantiles.put("p50", Value.of(latency.p50()));
    quantiles.put("p90", Value.of(latency.p90()));
    quantiles.put("p99", Value.of(latency.p99()));
    quantiles.put("p99.9", Value.of(latency.p999()));
    quantiles.put("max", Value.of(latency.max()));
    return new Value.Mapping(quantiles);
  }

  private static Value error(ErrorStatistics error) {
    Map<String, Value> one = new LinkedHashMap<>();
    one.put("error", Value.of(error.error()));
    one.put("outcome", Value.of(error.outcome().name().toLowerCase(Locale.ROOT)));
    one.put("count", Value.of(error.count()));
    one.put("firstNanos", Value.of(error.firstNanos()));
    one.put("lastNanos", Value.of(error.lastNanos()));
    return new Value.Mapping(one);
  }

  private static Value window(UnavailableWindow window) {
    Map<String, Value> one = new LinkedHashMap<>();
    one.put("shard", Value.of(window.shard()));
    one.put("nanos", Value.of(window.durationNanos()));
    one.put("fromNanos", Value.of(window.startNanos()));
    one.put("toNanos", Value.of(window.endNanos()));
    one.put("attempts", Value.of(window.attempts()));
    one.put("ended", Value.of(window.ended()));
    return new Value.Mapping(one);
  }
}
