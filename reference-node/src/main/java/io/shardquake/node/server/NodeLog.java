package io.shardquake.node.server;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.config.Configuration;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Writes the node's log, a line an event, to the file that {@code logfile} names or else to
 * standard output, and only what {@code loglevel} asks for. Written by itself, because a logging
 * library would take a good part of the time that a node needs to start. Thread-safe.
 */
final class NodeLog implements AutoCloseable {
  private final Configuration configuration;
  private final PrintStream out;

  private NodeLog(Configuration configuration, PrintStream out) {
    this.configuration = configuration;
    this.out = out;
  }

  /**
   * Opens the log.
   *
   * @throws IOException if the file cannot be written, with the reason in one line
   */
  static NodeLog open(Configuration configuration) throws IOException {
    String file = configuration.text("logfile");
    if (file.isEmpty()) {
      return new NodeLog(configuration, System.out);
    }
    Path path = Path.of(configuration.text("dir")).resolve(file);
    try {
      return new NodeLog(
          configuration,
          new PrintStream(
              Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
              true,
              StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IOException("cannot open the log file " + path + ": " + e, e);
    }
  }

  void write(Effect.Level level, String message) {
    if (level.compareTo(threshold()) < 0) {
      return;
    }
    out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + level + " " + message);
    out.flush();
  }

  /** Writes down a failure of the node itself, with where it arose. */
  void write(Throwable failure) {
    synchronized (out) {
      write(Effect.Level.WARNING, "internal error, the node ends: " + failure);
      failure.printStackTrace(out);
      out.flush();
    }
  }

  private Effect.Level threshold() {
    return Effect.Level.valueOf(configuration.text("loglevel").toUpperCase(Locale.ROOT));
  }

  @Override
  public void close() {
    out.flush();
    if (out != System.out) {
      out.close();
    }
  }
}
