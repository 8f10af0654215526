package io.shardquake.checkers.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.shardquake.checkers.recording.MalformedRecordingException;
import io.shardquake.checkers.recording.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopologyLogFileTest {
  @TempDir Path directory;

  @Test
  void readsWhatWasWritten() throws IOException {
    List<TopologySample> samples =
        List.of(
            new TopologySample(5, "n1", "a b c\nd e f\n", "cluster_state:ok\r\n", ""),
            new TopologySample(6, "n2", "", "", "connection refused"));
    Path file = directory.resolve("topology.jsonl");

    try (TopologyLogWriter writer = TopologyLogWriter.create(file)) {
      for (TopologySample sample : samples) {
        writer.append(sample);
      }
    }

    assertThat(TopologyLogReader.read(file))
        .isEqualTo(new Recorded<>(new TopologyLog(samples), List.of()));
  }

  @Test
  void dropsATornLastLineAndNamesEveryOtherProblem() throws IOException {
    Path file = directory.resolve("topology.jsonl");
    Files.writeString(file, "{\"time\":1,\"observer\":\"n1\",\"error\":\"x\"}\n{\"time\":2,\"obs");

    assertThat(TopologyLogReader.read(file).content().samples()).hasSize(1);
    assertThat(TopologyLogReader.read(file).remarks()).hasSize(1);

    Files.writeString(file, "{\"time\":1}\n");
    assertThatExceptionOfType(MalformedRecordingException.class)
        .isThrownBy(() -> TopologyLogReader.read(file))
        .withMessage(file + ", line 1: \"observer\" is missing");
  }
}
