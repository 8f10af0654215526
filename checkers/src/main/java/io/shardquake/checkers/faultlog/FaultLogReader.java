package io.shardquake.checkers.faultlog;

import com.fasterxml.jackson.core.JsonParser;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.history.ValueJson;
import io.shardquake.checkers.recording.JsonObject;
import io.shardquake.checkers.recording.JsonObjects;
import io.shardquake.checkers.recording.MalformedRecordingException;
import io.shardquake.checkers.recording.Recorded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads what {@link FaultLogWriter} wrote. */
public final class FaultLogReader {
  private FaultLogReader() {}

  /**
   * Reads a file. A torn last line is dropped and remarked on.
   *
   * @throws MalformedRecordingException at the first line that is no fault event
   * @throws IOException if the file cannot be read
   */
  public static Recorded<FaultLog> read(Path file) throws IOException {
    return JsonObjects.read(file, FaultLogReader::event).map(FaultLog::new);
  }

  private static FaultEvent event(JsonObject line) throws IOException {
    return new FaultEvent(
        line.number(FaultLogWriter.TIME),
        line.integer(FaultLogWriter.FAULT),
        phase(line.string(FaultLogWriter.PHASE)),
        line.string(FaultLogWriter.KIND),
        line.strings(FaultLogWriter.NODES),
        line.stringOr(FaultLogWriter.DETAIL, ""),
        data(line.parser(FaultLogWriter.DATA)));
  }

  private static FaultEvent.Phase phase(String name) {
    for (FaultEvent.Phase phase : FaultEvent.Phase.values()) {
      if (FaultLogWriter.phaseName(phase).equals(name)) {
        return phase;
      }
    }
    throw new IllegalArgumentException("\"" + name + "\" is no phase of a fault");
  }

  private static Value.Mapping data(Optional<JsonParser> field) throws IOException {
    if (field.isEmpty()) {
      return Value.Mapping.EMPTY;
    }
    if (ValueJson.read(field.get()) instanceof Value.Mapping mapping) {
      return mapping;
    }
    throw new IllegalArgumentException("\"" + FaultLogWriter.DATA + "\" is not an object");
  }
}
