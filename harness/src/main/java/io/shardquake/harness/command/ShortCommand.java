package io.shardquake.harness.command;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Runs programs that end soon, and gives up on those that do not. Thread-safe.
 *
 * @param bound how long one may take
 */
public record ShortCommand(Duration bound) {
  private static final int LONGEST = 300;

  /**
   * Runs a command to its end.
   *
   * @param input what it reads
   * @return what it printed, both streams
   * @throws IOException in one line why it failed: what it printed, or that it took too long
   */
  public String run(String input, List<String> command) throws IOException {
    return run(input, command, Map.of());
  }

  /**
   * The same with more in its environment.
   *
   * @throws IOException in one line why it failed: what it printed, or that it took too long
   */
  public String run(String input, List<String> command, Map<String, String> environment)
      throws IOException {
    // To a file: a program that it leaves behind in the background may hold its output open.
    Path output = Files.createTempFile("shardquake-command", ".out");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      builder.redirectOutput(output.toFile());
      if (input.isEmpty()) {
        builder.redirectInput(new File("/dev/null"));
      }
      Process process = builder.start();
      try {
        if (!input.isEmpty()) {
          process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
          process.getOutputStream().close();
        }
        if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IOException(
              command.get(0) + " has not ended within " + bound.toSeconds() + " s");
        }
        String said = Files.readString(output);
        if (process.exitValue() != 0) {
          throw new IOException(
              command.get(0) + " ended with status " + process.exitValue() + ": " + oneLine(said));
        }
        return said;
      } catch (InterruptedException interrupt) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException(command.get(0) + " was not waited for: interrupted");
      } finally {
        process.destroyForcibly();
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static String oneLine(String said) {
    String line =
        said.lines()
            .map(String::strip)
            .filter(it -> !it.isEmpty())
            .collect(Collectors.joining("; "));
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }
}
