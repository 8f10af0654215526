package io.shardquake.harness.defects;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * When a checker had what proves that something is wrong.
 *
 * @param nanos of virtual time since the traffic began, or, if there was none yet, since the start
 * @param operations that clients had begun until then
 */
record Sighting(long nanos, int operations) {
  /** That in the middle by time; of an even number the earlier. At least one is needed. */
  static Sighting median(List<Sighting> sightings) {
    return sightings.stream()
        .sorted(Comparator.comparingLong(Sighting::nanos))
        .toList()
        .get((sightings.size() - 1) / 2);
  }

  /** Time and operations for humans. */
  String words() {
    return operations == 0
        ? String.format(Locale.ROOT, "%.1f s, before any operation", nanos / 1e9)
        : String.format(Locale.ROOT, "%.1f s, %,d operations", nanos / 1e9, operations);
  }
}
