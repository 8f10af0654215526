package io.shardquake.checkers.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesReaderTest {
  @Test
  void cutsLinesAndSkipsEmptyOnes() throws IOException {
    assertThat(lines("a\n\n\r\nbc\r\n\nd")).containsExactly("1:a", "4:bc", "6:d");
    assertThat(lines("")).isEmpty();
    assertThat(lines("\n\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 262_143, 262_144, 262_145, 1_000_000})
  void cutsLinesOfAnyLength(int length) throws IOException {
    String line = "x".repeat(length);

    assertThat(lines(line + "\ny\n" + line + "\n" + line))
        .containsExactly("1:" + line, "2:y", "3:" + line, "4:" + line);
  }

  private static List<String> lines(String text) throws IOException {
    List<String> lines = new ArrayList<>();
    InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    try (JsonLinesReader reader = new JsonLinesReader(in, "text")) {
      while (reader.next()) {
        String line =
            new String(
                reader.buffer(),
                reader.start(),
                reader.end() - reader.start(),
                StandardCharsets.UTF_8);
        lines.add(reader.line() + ":" + line);
      }
    }
    return lines;
  }
}
