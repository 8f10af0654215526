package io.shardquake.checkers.statistics;

import io.shardquake.checkers.history.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * When each shard answered. Time in which nobody asked does not count against a shard:
 *
 * <pre>
 *   attempts   [--ok--]          [--fail--]  [--fail--]   [--ok--]
 *   window                       |===============================|
 *
 *   attempts   [--ok--]
 *                 [------------------- info ---]  [--ok--]
 *   window            |===================================|
 * </pre>
 */
public final class Availability {
  private static final List<String> ANSWERS = List.of("cas-mismatch", "cas-conflict");

  private final List<UnavailableWindow> windows;

  private Availability(List<UnavailableWindow> windows) {
    this.windows = List.copyOf(windows);
  }

  /**
   * Sweeps over the history once.
   *
   * @param shardOf the shard that the operation of a row belongs to
   * @param atLeastNanos windows shorter than this are left out, unless a shard has no longer one:
   *     then its longest stays
   */
  public static Availability of(History history, IntFunction<String> shardOf, long atLeastNanos) {
    Map<String, Sweep> sweeps = new TreeMap<>();
    PriorityQueue<End> open = new PriorityQueue<>(Comparator.comparingLong(End::timeNanos));
    long last = 0;
    for (int row = 0; row < history.size(); row++) {
      long now = history.invocationTimeNanos(row);
      drain(open, now);
      Sweep sweep = sweeps.computeIfAbsent(shardOf.apply(row), s -> new Sweep(atLeastNanos));
      sweep.invoked(now);
      long end = history.completionTimeNanos(row);
      open.add(new End(end, answered(history, row), sweep));
      last = Math.max(last, end == History.NEVER ? now : end);
    }
    drain(open, last);
    List<UnavailableWindow> windows = new ArrayList<>();
    for (Map.Entry<String, Sweep> entry : sweeps.entrySet()) {
      windows.addAll(entry.getValue().windows(entry.getKey(), last));
    }
    return new Availability(windows);
  }

  /** The windows, by shard and time. */
  public List<UnavailableWindow> windows() {
    return windows;
  }

  /** The longest window of each shard that was ever tried, by shard. */
  public List<UnavailableWindow> longestPerShard() {
    Map<String, UnavailableWindow> longest = new TreeMap<>();
    for (UnavailableWindow window : windows) {
      longest.merge(
          window.shard(), window, (a, b) -> a.durationNanos() >= b.durationNanos() ? a : b);
    }
    return List.copyOf(longest.values());
  }

  /** A compare-and-set that did not find what it expected was answered by a shard that works. */
  private static boolean answered(History history, int row) {
    return switch (history.type(row)) {
      case OK -> true;
      case FAIL -> ANSWERS.contains(history.error(row));
      case INFO -> false;
    };
  }

  private static void drain(PriorityQueue<End> open, long now) {
    for (End end = open.peek(); end != null && end.timeNanos() <= now; end = open.peek()) {
      open.remove();
      end.sweep().completed(end.timeNanos(), end.answered());
    }
  }

  private record End(long timeNanos, boolean answered, Sweep sweep) {}

  private record Span(long start, long end, long attempts, boolean ended) {
    long length() {
      return end - start;
    }
  }

  /** One shard's attempts in order of time. */
  private static final class Sweep {
    private static final long ANSWERING = -1;
    private final long atLeast;
    private final List<Span> notable = new ArrayList<>();
    private Span longest = new Span(0, 0, 0, true);
    private int open;
    private long since = ANSWERING;
    private long attempts;

    Sweep(long atLeast) {
      this.atLeast = atLeast;
    }

    void invoked(long now) {
      open++;
      attempts++;
      if (since == ANSWERING) {
        since = now;
      }
    }

    void completed(long now, boolean answered) {
      open--;
      if (answered) {
        keep(new Span(since, now, attempts, true));
        since = open > 0 ? now : ANSWERING;
        attempts = open;
      }
    }

    private void keep(Span span) {
      if (span.length() >= atLeast) {
        notable.add(span);
      }
      if (span.length() > longest.length()) {
        longest = span;
      }
    }

    List<UnavailableWindow> windows(String shard, long end) {
      if (since != ANSWERING) {
        keep(new Span(since, end, attempts, false));
      }
      return (notable.isEmpty() ? List.of(longest) : notable)
          .stream()
              .map(s -> new UnavailableWindow(shard, s.start(), s.end(), s.attempts(), s.ended()))
              .toList();
    }
  }
}
