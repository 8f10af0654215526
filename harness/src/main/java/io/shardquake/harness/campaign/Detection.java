package io.shardquake.harness.campaign;

import io.shardquake.node.core.defect.Defect;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which seeds found a defect that every node was given.
 *
 * @param defect that was looked for
 * @param finds in the order of their seeds
 * @param seeds that were tried
 * @param processorNanos that all of them took
 */
public record Detection(Defect defect, List<Find> finds, long seeds, long processorNanos) {
  /**
   * A seed that found it.
   *
   * @param seed its number
   * @param after how many seeds since the find before it, or since the first seed; at least 1
   * @param print what is wrong
   * @param processorNanos since the find before it
   */
  public record Find(long seed, long after, Fingerprint print, long processorNanos) {}

  public Detection {
    finds = List.copyOf(finds);
  }

  /** The heads of {@link #row}, as Markdown has them. */
  public static String heading() {
    return """
        | defect | found by | finds | first seed | median seeds | median seconds |
        |---|---|---|---|---|---|
        """;
  }

  /** What came of it as a row of a Markdown table, with its end of line. */
  public String row() {
    if (finds.isEmpty()) {
      return String.format(Locale.ROOT, "| `%s` | – | 0 of %,d | – | – | – |%n", name(), seeds);
    }
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %,d of %,d | %d | %d | %.1f |%n",
        name(),
        foundBy(),
        finds.size(),
        seeds,
        finds.get(0).seed(),
        median(finds.stream().map(Find::after).sorted().toList()),
        median(finds.stream().map(Find::processorNanos).sorted().toList()) / 1e9);
  }

  private String name() {
    return defect.toString();
  }

  private String foundBy() {
    Map<Fingerprint, Long> prints =
        finds.stream()
            .collect(Collectors.groupingBy(Find::print, TreeMap::new, Collectors.counting()));
    return prints.entrySet().stream()
        .sorted(Map.Entry.<Fingerprint, Long>comparingByValue().reversed())
        .map(entry -> "`" + entry.getKey() + "`")
        .limit(3)
        .collect(Collectors.joining(", "));
  }

  private static long median(List<Long> sorted) {
    return sorted.get((sorted.size() - 1) / 2);
  }
}
