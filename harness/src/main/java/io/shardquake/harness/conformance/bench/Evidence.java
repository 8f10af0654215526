package io.shardquake.harness.conformance.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was said, heard and done in a test, a line each, with the time since it began. Thread-safe.
 */
final class Evidence {
  private static final int MOST_LINES = 1500;
  private static final int LONGEST_LINE = 6000;

  private final long start = System.nanoTime();
  private final List<String> lines = new ArrayList<>();
  private long left;

  synchronized void add(String what) {
    if (lines.size() >= MOST_LINES) {
      left++;
      return;
    }
    String shown =
        what.length() <= LONGEST_LINE
            ? what
            : what.substring(0, LONGEST_LINE) + "… (" + what.length() + " characters)";
    double seconds = (System.nanoTime() - start) / 1e9;
    lines.add(String.format(Locale.ROOT, "%8.3f %s", seconds, printable(shown)));
  }

  synchronized List<String> lines() {
    List<String> all = new ArrayList<>(lines);
    if (left > 0) {
      all.add("(" + left + " more lines are not kept)");
    }
    return all;
  }

  /** With everything escaped that is neither printable ASCII nor the dots above. */
  private static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              if (c == '\n') {
                printable.append("\\n");
              } else if (c == '\r') {
                printable.append("\\r");
              } else if ((c >= ' ' && c < 0x7f) || c == '…') {
                printable.append((char) c);
              } else {
                printable.append(String.format(Locale.ROOT, "\\x%02x", c));
              }
            });
    return printable.toString();
  }
}
