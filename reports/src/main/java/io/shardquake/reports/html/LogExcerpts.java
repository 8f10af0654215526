package io.shardquake.reports.html;

import io.shardquake.reports.RunSummary;
import io.shardquake.reports.html.FindingFacts.LogLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lines of the nodes' logs by time. Immutable. */
final class LogExcerpts {
  private static final long AROUND = 2_000_000_000;
  private static final long MOST_BYTES = 32L << 20;
  private static final int LONGEST_LINE = 500;

  private record Timed(long nanos, String node, String line) {}

  private final List<Timed> lines;
  private final int most;

  private LogExcerpts(List<Timed> lines, int most) {
    this.lines = lines;
    this.most = most;
  }

  /** Reads {@code logs/*.log} of the run; nothing if its start is not known or there are none. */
  static LogExcerpts of(RunSummary run, int most, Notices notices) {
    Path directory = run.runDirectory().resolve("logs");
    List<Timed> lines = new ArrayList<>();
    if (run.start().isPresent() && Files.isDirectory(directory)) {
      LogTimestamp timestamp = new LogTimestamp(ZoneId.systemDefault());
      try (Stream<Path> files = Files.list(directory)) {
        files
            .filter(file -> file.getFileName().toString().endsWith(".log"))
            .sorted()
            .forEach(file -> read(file, run.start().get(), timestamp, lines, notices));
      } catch (IOException e) {
        notices.add("The logs could not be read: " + e.getMessage());
      }
    }
    lines.sort(Comparator.comparingLong(Timed::nanos));
    return new LogExcerpts(lines, most);
  }

  private static void read(
      Path file, Instant start, LogTimestamp timestamp, List<Timed> lines, Notices notices) {
    String name = file.getFileName().toString();
    String node = name.substring(0, name.length() - ".log".length());
    long read = 0;
    // Decoding that way never fails: a server may log bytes that are not UTF-8.
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        read += line.length() + 1L;
        if (read > MOST_BYTES) {
          notices.add(
              "Of the log of %s only the first %d MiB were read."
                  .formatted(node, MOST_BYTES >> 20));
          return;
        }
        Optional<Instant> time = timestamp.of(line);
        if (time.isPresent()) {
          long nanos = Duration.between(start, time.get()).toNanos();
          lines.add(new Timed(nanos, node, Texts.shortened(line, LONGEST_LINE)));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      notices.add("The log of %s could not be read: %s".formatted(node, e.getMessage()));
    }
  }

  /** The lines within two seconds of the time, those nearest to its ends if there are many. */
  List<LogLine> around(long from, long to) {
    List<Timed> near =
        lines.stream()
            .filter(
                line ->
                    Math.abs(line.nanos() - from) <= AROUND
                        || Math.abs(line.nanos() - to) <= AROUND)
            .toList();
    return near.stream()
        .sorted(
            Comparator.comparingLong(
                line -> Math.min(Math.abs(line.nanos() - from), Math.abs(line.nanos() - to))))
        .limit(most)
        .sorted(Comparator.comparingLong(Timed::nanos))
        .map(line -> new LogLine(line.node(), line.line()))
        .toList();
  }
}
