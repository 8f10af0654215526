package io.shardquake.checkers.edn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The recorded histories of {@code src/test/resources/corpora}, whose README tells where from. */
public final class Corpora {
  private Corpora() {}

  /**
   * One recorded history.
   *
   * @param file where it is
   * @param valid whether a linearization exists
   */
  public record Recording(Path file, boolean valid) {
    @Override
    public String toString() {
      return file.getParent().getFileName() + "/" + file.getFileName();
    }
  }

  /** Recorded from etcd; the register starts at nil. */
  public static List<Recording> etcd() {
    return indexed(root().resolve("etcd"));
  }

  /** Simulated; the register starts at nil. */
  public static List<Recording> synthetic() {
    return indexed(root().resolve("synthetic"));
  }

  /** Knossos's own; the register starts at 0, or at nil where only that makes sense. */
  public static List<Recording> knossos() {
    Path folder = root().resolve("knossos");
    return Stream.concat(
            histories(folder.resolve("good")).stream().map(file -> new Recording(file, true)),
            histories(folder.resolve("bad")).stream().map(file -> new Recording(file, false)))
        .toList();
  }

  /** All of them. */
  public static List<Recording> all() {
    return Stream.of(etcd(), synthetic(), knossos()).flatMap(List::stream).toList();
  }

  private static List<Recording> indexed(Path folder) {
    try (Stream<String> lines = Files.lines(folder.resolve("index.tsv"))) {
      List<List<String>> rows = lines.map(line -> List.of(line.split("\t", -1))).toList();
      int verdict = rows.get(0).indexOf("expected_valid");
      Map<String, Boolean> verdicts =
          rows.stream()
              .skip(1)
              .collect(
                  Collectors.toMap(row -> row.get(0), row -> Boolean.valueOf(row.get(verdict))));
      return histories(folder).stream()
          .map(file -> new Recording(file, verdicts.get(file.getFileName().toString())))
          .toList();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static List<Path> histories(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".edn")).sorted().toList();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static Path root() {
    try {
      return Path.of(Objects.requireNonNull(Corpora.class.getResource("/corpora")).toURI());
    } catch (URISyntaxException problem) {
      throw new IllegalStateException(problem);
    }
  }
}
