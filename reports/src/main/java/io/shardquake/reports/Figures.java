package io.shardquake.reports;

import java.util.Locale;

/** Figures as people read them. */
final class Figures {
  private static final double MICROS = 1e3;
  private static final double MILLIS = 1e6;
  private static final double SECONDS = 1e9;
  private static final double MINUTES = 60e9;

  private Figures() {}

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** How long something took: {@code 3.13 s}. */
  static String span(long nanos) {
    if (nanos < MICROS) {
      return nanos + " ns";
    }
    if (nanos < MILLIS) {
      return digits(nanos / MICROS) + " µs";
    }
    if (nanos < SECONDS) {
      return digits(nanos / MILLIS) + " ms";
    }
    if (nanos < 2 * MINUTES) {
      return digits(nanos / SECONDS) + " s";
    }
    long seconds = Math.round(nanos / SECONDS);
    return seconds / 60 + " min " + seconds % 60 + " s";
  }

  /** A position in the run: {@code 15.012 s}. */
  static String at(long nanos) {
    return String.format(Locale.ROOT, "%.3f s", nanos / SECONDS);
  }

  static String percent(long part, long whole) {
    return whole == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }

  private static String digits(double figure) {
    int places = figure >= 100 ? 0 : figure >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + places + "f", figure);
  }
}
