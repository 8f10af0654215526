package io.shardquake.checkers.faultlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.recording.MalformedRecordingException;
import io.shardquake.checkers.recording.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultLogFileTest {
  @TempDir Path directory;

  @Test
  void readsWhatWasWritten() throws IOException {
    List<FaultEvent> events = new ArrayList<>();
    for (FaultEvent.Phase phase : FaultEvent.Phase.values()) {
      events.add(
          new FaultEvent(
              events.size(),
              events.size() - 1,
              phase,
              "kill",
              List.of("n1", "n2"),
              "pid 7 is gone",
              new Value.Mapping(Map.of("pid", Value.of(7)))));
    }
    events.add(
        new FaultEvent(9, -1, FaultEvent.Phase.HEAL, "", List.of(), "", Value.Mapping.EMPTY));
    Path file = directory.resolve("faults.jsonl");

    try (FaultLogWriter writer = FaultLogWriter.create(file)) {
      for (FaultEvent event : events) {
        writer.append(event);
      }
    }

    assertThat(FaultLogReader.read(file))
        .isEqualTo(new Recorded<>(new FaultLog(events), List.of()));
  }

  @Test
  void dropsATornLastLineAndSaysSo() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("faults.jsonl"),
            "{\"time\":1,\"fault\":0,\"phase\":\"heal-failed\",\"kind\":\"pause\"}\n{\"time\":2,");

    Recorded<FaultLog> read = FaultLogReader.read(file);

    assertThat(read.content().events())
        .containsExactly(
            new FaultEvent(
                1, 0, FaultEvent.Phase.HEAL_FAILED, "pause", List.of(), "", Value.Mapping.EMPTY));
    assertThat(read.remarks())
        .containsExactly(
            file + ", line 2: dropped its last 10 bytes, a line that was never finished");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "7|the line is not a JSON object",
        "{\"time\":1,\"fault\":0}|\"phase\" is missing",
        "{\"time\":1.5,\"fault\":0}|\"time\" is not a whole number of 64 bits",
        "{\"time\":1,\"fault\":3000000000}|\"fault\" is not a whole number of 32 bits",
        "{\"time\":1,\"fault\":0,\"phase\":\"bitten\"}|\"bitten\" is no phase of a fault",
        "{\"time\":1,\"fault\":0,\"phase\":\"bit\",\"kind\":1}|\"kind\" is not a string",
        "{\"time\":1,\"fault\":0,\"phase\":\"bit\",\"kind\":\"kill\",\"nodes\":1}|\"nodes\" is not an array of strings",
        "{\"time\":1,\"fault\":0,\"phase\":\"bit\",\"kind\":\"kill\",\"data\":[]}|\"data\" is not an object",
      })
  void namesTheLineAndTheProblem(String line, String problem) throws IOException {
    Path file = directory.resolve("faults.jsonl");
    Files.writeString(file, "\n" + line + "\n", StandardOpenOption.CREATE);

    assertThatExceptionOfType(MalformedRecordingException.class)
        .isThrownBy(() -> FaultLogReader.read(file))
        .withMessage(file + ", line 2: " + problem);
  }
}
