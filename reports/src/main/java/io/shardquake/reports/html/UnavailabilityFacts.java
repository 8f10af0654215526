package io.shardquake.reports.html;

import io.shardquake.checkers.history.History;
import io.shardquake.checkers.statistics.Availability;
import io.shardquake.checkers.statistics.Shards;
import io.shardquake.checkers.statistics.UnavailableWindow;
import io.shardquake.checkers.topology.ClusterTimeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When each shard did not answer.
 *
 * @param longest each shard's longest window
 * @param shards all windows that a chart can show
 */
record UnavailabilityFacts(List<Window> longest, List<Shard> shards) {
  private static final long LEAST_NANOS = 200_000_000;
  private static final int VISIBLE_PARTS = 500;

  /** A time without an answer though there were attempts. */
  record Window(String shard, long from, long to, long attempts, boolean ended) {
    static Window of(UnavailableWindow window) {
      return new Window(
          window.shard(),
          window.startNanos(),
          window.endNanos(),
          window.attempts(),
          window.ended());
    }
  }

  /** One shard's windows in order of time. */
  record Shard(String name, List<Window> windows) {}

  static UnavailabilityFacts of(
      History history, ClusterTimeline timeline, long end, PageBounds bounds, Notices notices) {
    Shards shards = Shards.of(timeline);
    String[] shardOfKey = new String[history.keyCount()];
    for (int key = 0; key < shardOfKey.length; key++) {
      shardOfKey[key] = shards.of(history.keyValue(key));
    }
    long least = Math.max(LEAST_NANOS, end / VISIBLE_PARTS);
    Availability availability =
        Availability.of(history, row -> shardOfKey[history.key(row)], least);
    Map<String, List<UnavailableWindow>> byShard = new TreeMap<>();
    for (UnavailableWindow window : availability.windows()) {
      List<UnavailableWindow> windows =
          byShard.computeIfAbsent(window.shard(), s -> new ArrayList<>());
      if (window.durationNanos() >= least) {
        windows.add(window);
      }
    }
    List<Shard> charted = new ArrayList<>();
    byShard.forEach(
        (name, windows) -> charted.add(new Shard(name, longest(windows, bounds, notices))));
    return new UnavailabilityFacts(
        availability.longestPerShard().stream().map(Window::of).toList(), charted);
  }

  private static List<Window> longest(
      List<UnavailableWindow> windows, PageBounds bounds, Notices notices) {
    if (windows.size() > bounds.windows()) {
      notices.add(
          "Of the times at which a shard did not answer, the chart shows the longest "
              + bounds.windows()
              + " per shard.");
    }
    return windows.stream()
        .sorted(Comparator.comparingLong(UnavailableWindow::durationNanos).reversed())
        .limit(bounds.windows())
        .sorted(Comparator.comparingLong(UnavailableWindow::startNanos))
        .map(Window::of)
        .toList();
  }
}
