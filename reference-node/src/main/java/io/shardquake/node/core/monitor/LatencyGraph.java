package io.shardquake.node.core.monitor;

import java.util.List;
import java.util.Locale;

/** Draws the samples of an event, one column each, the age of each below it. */
final class LatencyGraph {
  private static final int ROWS = 4;
  private static final int WIDTH = 80;
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private LatencyGraph() {}

  static String of(String event, LatencyMonitor.Series series, long nowSeconds) {
    List<LatencyMonitor.Sample> samples = List.copyOf(series.samples());
    long high = samples.stream().mapToLong(LatencyMonitor.Sample::millis).max().orElse(0);
    long low = samples.stream().mapToLong(LatencyMonitor.Sample::millis).min().orElse(0);
    StringBuilder graph = new StringBuilder();
    graph.append(
        String.format(
            Locale.ROOT,
            "%s - high %d ms, low %d ms (all time high %d ms)\n",
            event,
            high,
            low,
            series.worst()));
    graph.append("-".repeat(WIDTH)).append('\n');
    for (int row = ROWS; row > 0; row--) {
      for (LatencyMonitor.Sample sample : samples) {
        graph.append(height(sample.millis(), low, high) >= row ? '#' : ' ');
      }
      graph.append('\n');
    }
    ages(samples, nowSeconds, graph);
    return graph.toString();
  }

  private static long height(long millis, long low, long high) {
    return high == low ? 1 : 1 + (ROWS - 1) * (millis - low) / (high - low);
  }

  /** Written downwards, so that each stays below its column. */
  private static void ages(
      List<LatencyMonitor.Sample> samples, long nowSeconds, StringBuilder graph) {
    List<String> ages =
        samples.stream().map(sample -> age(nowSeconds - sample.unixSeconds())).toList();
    int longest = ages.stream().mapToInt(String::length).max().orElse(0);
    for (int line = 0; line < longest; line++) {
      for (String age : ages) {
        graph.append(line < age.length() ? age.charAt(line) : ' ');
      }
      graph.append('\n');
    }
  }

  private static String age(long seconds) {
    if (seconds < MINUTE) {
      return seconds + "s";
    }
    if (seconds < HOUR) {
      return seconds / MINUTE + "m";
    }
    return seconds < DAY ? seconds / HOUR + "h" : seconds / DAY + "d";
  }
}
