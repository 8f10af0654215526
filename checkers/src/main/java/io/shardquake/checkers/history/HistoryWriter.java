package io.shardquake.checkers.history;

import com.fasterxml.jackson.core.JsonGenerator;
import io.shardquake.checkers.recording.JsonLinesWriter;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Records a history as JSON Lines, one event a line, in the format of {@code
 * docs/history-format.md}. Not thread-safe.
 *
 * <p>A full disk or a sudden end of the process costs only what was not flushed; see {@link
 * JsonLinesWriter}. Whoever records at a low rate should flush now and then.
 */
public final class HistoryWriter implements Closeable, Flushable {
  private final JsonLinesWriter lines;
  private final Map<Integer, Invocation> open = new HashMap<>();

  private HistoryWriter(JsonLinesWriter lines) {
    this.lines = lines;
  }

  /**
   * Starts a new file.
   *
   * @throws IOException if it exists already or cannot be made
   */
  public static HistoryWriter create(Path file) throws IOException {
    return new HistoryWriter(JsonLinesWriter.create(file));
  }

  /**
   * Records an invocation.
   *
   * @throws IOException if the disk failed, now or before
   * @throws IllegalArgumentException if its process has an operation open
   */
  public void invoke(Invocation invocation) throws IOException {
    if (open.putIfAbsent(invocation.process(), invocation) != null) {
      throw new IllegalArgumentException(
          "process " + invocation.process() + " invokes while its last operation is open");
    }
    lines.write(
        json -> {
          writeEvent(json, "invoke", invocation.index(), invocation.timeNanos(), invocation);
          writeValue(json, invocation.value());
        });
  }

  /**
   * Records the completion of a process's open operation.
   *
   * @throws IOException if the disk failed, now or before
   * @throws IllegalArgumentException if it has none
   */
  public void complete(int process, Completion completion) throws IOException {
    Invocation invocation = open.remove(process);
    if (invocation == null) {
      throw new IllegalArgumentException(
          "process " + process + " completes what it did not invoke");
    }
    lines.write(
        json -> {
          String type = HistoryFields.typeName(completion.type());
          writeEvent(json, type, completion.index(), completion.timeNanos(), invocation);
          writeOutcome(json, completion);
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

  private static void writeEvent(
      JsonGenerator json, String type, long index, long timeNanos, Invocation invocation)
      throws IOException {
    json.writeNumberField(HistoryFields.INDEX, index);
    json.writeNumberField(HistoryFields.TIME, timeNanos);
    json.writeNumberField(HistoryFields.PROCESS, invocation.process());
    json.writeStringField(HistoryFields.TYPE, type);
    json.writeStringField(HistoryFields.FUNCTION, invocation.function());
    if (!invocation.key().isNil()) {
      json.writeFieldName(HistoryFields.KEY);
      ValueJson.write(json, invocation.key());
    }
  }

  private static void writeOutcome(JsonGenerator json, Completion completion) throws IOException {
    switch (completion.type()) {
      case OK -> {
        writeValue(json, ((Completion.Ok) completion).value());
        writeAttribution(json, completion.attribution());
      }
      case FAIL -> {
        writeAttribution(json, completion.attribution());
        writeError(json, ((Completion.Fail) completion).error());
      }
      case INFO -> {
        writeAttribution(json, completion.attribution());
        writeError(json, ((Completion.Info) completion).error());
      }
    }
  }

  private static void writeValue(JsonGenerator json, Value value) throws IOException {
    if (!value.isNil()) {
      json.writeFieldName(HistoryFields.VALUE);
      ValueJson.write(json, value);
    }
  }

  private static void writeAttribution(JsonGenerator json, Attribution attribution)
      throws IOException {
    if (!attribution.nodes().isEmpty()) {
      json.writeArrayFieldStart(HistoryFields.NODES);
      for (String node : attribution.nodes()) {
        json.writeString(node);
      }
      json.writeEndArray();
    }
    if (attribution.redirects() != 0) {
      json.writeNumberField(HistoryFields.REDIRECTS, attribution.redirects());
    }
  }

  private static void writeError(JsonGenerator json, String error) throws IOException {
    if (!error.isEmpty()) {
      json.writeStringField(HistoryFields.ERROR, error);
    }
  }
}
