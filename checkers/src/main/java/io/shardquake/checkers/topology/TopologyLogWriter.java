package io.shardquake.checkers.topology;

import io.shardquake.checkers.recording.JsonLinesWriter;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Records samples as JSON Lines in the format of {@code docs/history-format.md}. Not thread-safe.
 * Failures and a sudden end cost no more than {@link JsonLinesWriter} says.
 */
public final class TopologyLogWriter implements Closeable, Flushable {
  static final String TIME = "time";
  static final String OBSERVER = "observer";
  static final String NODES = "nodes";
  static final String INFO = "info";
  static final String ERROR = "error";

  private final JsonLinesWriter lines;

  private TopologyLogWriter(JsonLinesWriter lines) {
    this.lines = lines;
  }

  /**
   * Starts a new file.
   *
   * @throws IOException if it exists already or cannot be made
   */
  public static TopologyLogWriter create(Path file) throws IOException {
    return new TopologyLogWriter(JsonLinesWriter.create(file));
  }

  /**
   * Records one sample.
   *
   * @throws IOException if the disk failed, now or before
   */
  public void append(TopologySample sample) throws IOException {
    lines.write(
        json -> {
          json.writeNumberField(TIME, sample.timeNanos());
          json.writeStringField(OBSERVER, sample.observer());
          if (sample.answered()) {
            json.writeStringField(NODES, sample.nodes());
            json.writeStringField(INFO, sample.info());
          } else {
            json.writeStringField(ERROR, sample.error());
          }
        });
  }

  @Override
  public void flush() throws IOException {
    lines.flush();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
