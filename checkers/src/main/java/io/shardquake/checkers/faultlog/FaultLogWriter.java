package io.shardquake.checkers.faultlog;

import com.fasterxml.jackson.core.JsonGenerator;
import io.shardquake.checkers.history.ValueJson;
import io.shardquake.checkers.recording.JsonLinesWriter;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Records fault events as JSON Lines in the format of {@code docs/history-format.md}. Faults are
 * few and each counts, so every event is flushed. Not thread-safe. Failures and a sudden end cost
 * no more than {@link JsonLinesWriter} says.
 */
public final class FaultLogWriter implements Closeable, Flushable {
  static final String TIME = "time";
  static final String FAULT = "fault";
  static final String PHASE = "phase";
  static final String KIND = "kind";
  static final String NODES = "nodes";
  static final String DETAIL = "detail";
  static final String DATA = "data";

  private final JsonLinesWriter lines;

  private FaultLogWriter(JsonLinesWriter lines) {
    this.lines = lines;
  }

  /**
   * Starts a new file.
   *
   * @throws IOException if it exists already or cannot be made
   */
  public static FaultLogWriter create(Path file) throws IOException {
    return new FaultLogWriter(JsonLinesWriter.create(file));
  }

  /**
   * Records one event.
   *
   * @throws IOException if the disk failed, now or before
   */
  public void append(FaultEvent event) throws IOException {
    lines.write(json -> write(json, event));
    lines.flush();
  }

  @Override
  public void flush() throws IOException {
    lines.flush();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  static String phaseName(FaultEvent.Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void write(JsonGenerator json, FaultEvent event) throws IOException {
    json.writeNumberField(TIME, event.timeNanos());
    json.writeNumberField(FAULT, event.fault());
    json.writeStringField(PHASE, phaseName(event.phase()));
    json.writeStringField(KIND, event.kind());
    if (!event.nodes().isEmpty()) {
      json.writeArrayFieldStart(NODES);
      for (String node : event.nodes()) {
        json.writeString(node);
      }
      json.writeEndArray();
    }
    if (!event.detail().isEmpty()) {
      json.writeStringField(DETAIL, event.detail());
    }
    if (!event.data().entries().isEmpty()) {
      json.writeFieldName(DATA);
      ValueJson.write(json, event.data());
    }
  }
}
