package io.shardquake.checkers.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.shardquake.checkers.recording.JsonLinesReader;
import io.shardquake.checkers.recording.MalformedRecordingException;
import io.shardquake.checkers.recording.Recorded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads histories from JSON Lines, in the format of {@code docs/history-format.md}. Takes no memory
 * to speak of beside the history's own.
 */
public final class HistoryReader {
  private HistoryReader() {}

  /**
   * Reads a file. A torn last line is dropped and remarked on.
   *
   * @throws MalformedRecordingException at the first line that is no event, or that cannot follow
   *     those before it
   * @throws IOException if the file cannot be read
   */
  public static Recorded<History> read(Path file) throws IOException {
    try (JsonLinesReader lines = JsonLinesReader.open(file)) {
      return read(lines);
    }
  }

  /**
   * Reads a stream to its end, as {@link #read(Path)} does, and closes it.
   *
   * @param source what to call it in messages
   */
  public static Recorded<History> read(InputStream in, String source) throws IOException {
    try (JsonLinesReader lines = new JsonLinesReader(in, source)) {
      return read(lines);
    }
  }

  private static Recorded<History> read(JsonLinesReader lines) throws IOException {
    History.Builder builder = new History.Builder();
    OperationTable table = builder.table();
    Event event = new Event();
    CanonicalEventParser canonical = new CanonicalEventParser(table);
    JsonEventParser general = new JsonEventParser(table);
    List<String> remarks = new ArrayList<>();
    while (lines.next()) {
      byte[] buffer = lines.buffer();
      try {
        if (!canonical.parse(buffer, lines.start(), lines.end(), event)) {
          general.parse(buffer, lines.start(), lines.end(), event);
        }
        event.addTo(table);
      } catch (JsonProcessingException | CharacterCodingException problem) {
        remarks.add(lines.tornOrMalformed(problem));
      } catch (IllegalArgumentException problem) {
        throw lines.malformed(String.valueOf(problem.getMessage()));
      }
    }
    return new Recorded<>(builder.build(), remarks);
  }
}
