package io.shardquake.harness.sim.determinism;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same seed goes the same way in another JVM, of another release where there is one. */
final class TwoJvmsTest {
  private static final long MOST_MINUTES = 10;

  @TempDir Path directory = Path.of("");

  private static final long SEED = 11;

  @Test
  void theSameSeedGoesTheSameWayInAnotherJvm() throws Exception {
    Path here = directory.resolve("here");
    Path there = directory.resolve("there");
    Process other =
        new ProcessBuilder(
                otherJava().toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TraceWriter.class.getName(),
                Long.toString(SEED),
                there.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    TraceWriter.write(SEED, here);
    assertThat(other.waitFor(MOST_MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(other.exitValue()).as(Files.readString(directory.resolve("output"))).isZero();
    assertThat(firstDifference(here, there)).isEmpty();
  }

  /** A JVM of another release than this one's, or else this one's. */
  private static Path otherJava() throws IOException {
    Path jvms = Path.of("/usr/lib/jvm");
    List<Path> found = List.of();
    if (Files.isDirectory(jvms)) {
      try (Stream<Path> homes = Files.list(jvms)) {
        found =
            homes
                .filter(home -> !home.getFileName().toString().contains("-17"))
                .map(home -> home.resolve("bin/java"))
                .filter(Files::isExecutable)
                .sorted()
                .toList();
      }
    }
    Path own = Path.of(System.getProperty("java.home"), "bin", "java");
    return found.isEmpty() ? own : found.get(found.size() - 1);
  }

  /** The number and both texts of the first line that differs. */
  private static Optional<String> firstDifference(Path one, Path other) throws IOException {
    try (BufferedReader first = Files.newBufferedReader(one);
        BufferedReader second = Files.newBufferedReader(other)) {
      long number = 0;
      while (true) {
        number++;
        String left = first.readLine();
        String right = second.readLine();
        if (left == null && right == null) {
          return number > 1 ? Optional.empty() : Optional.of("nothing was written");
        }
        if (left == null || !left.equals(right)) {
          return Optional.of("event " + number + ": " + left + " | " + right);
        }
      }
    }
  }
}
