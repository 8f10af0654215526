package io.shardquake.checkers.topology;

import io.shardquake.checkers.recording.JsonObject;
import io.shardquake.checkers.recording.JsonObjects;
import io.shardquake.checkers.recording.MalformedRecordingException;
import io.shardquake.checkers.recording.Recorded;
import java.io.IOException;
import java.nio.file.Path;

/** Reads what {@link TopologyLogWriter} wrote. */
public final class TopologyLogReader {
  private TopologyLogReader() {}

  /**
   * Reads a file. A torn last line is dropped and remarked on.
   *
   * @throws MalformedRecordingException at the first line that is no sample
   * @throws IOException if the file cannot be read
   */
  public static Recorded<TopologyLog> read(Path file) throws IOException {
    return JsonObjects.read(file, TopologyLogReader::sample).map(TopologyLog::new);
  }

  private static TopologySample sample(JsonObject line) {
    return new TopologySample(
        line.number(TopologyLogWriter.TIME),
        line.string(TopologyLogWriter.OBSERVER),
        line.stringOr(TopologyLogWriter.NODES, ""),
        line.stringOr(TopologyLogWriter.INFO, ""),
        line.stringOr(TopologyLogWriter.ERROR, ""));
  }
}
