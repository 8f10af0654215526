package io.shardquake.checkers.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.recording.MalformedRecordingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HistoryFuzzTest {
  private static final String[] PARTS = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "\\",
    "\\u",
    "1",
    "-",
    "e",
    ".",
    "null",
    "true",
    "\n",
    "\r",
    "@keyword",
    "@tagged",
    "process",
    "type",
    "invoke",
    "ok",
    "index",
    "\u00e9",
    "\0",
    "\"f\":",
    "99999999999999999999",
  };

  /** A reader that meets damage says so, or reads on, but does nothing else. */
  @Test
  void readsOrRefusesDamagedHistories() throws IOException {
    byte[] whole = new SyntheticHistory(40).readAllBytes();
    int refused = 0;
    for (int seed = 0; seed < 5_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] damaged = whole;
      for (int i = 0; i <= random.nextInt(3); i++) {
        damaged = damage(damaged, random);
      }
      try {
        HistoryReader.read(new ByteArrayInputStream(damaged), "seed-" + seed);
      } catch (MalformedRecordingException problem) {
        refused++;
        assertThat(problem.getMessage()).startsWith("seed-" + seed + ", line ").hasLineCount(1);
      }
    }
    assertThat(refused).as("damaged histories that were refused").isBetween(2_500, 5_000);
  }

  private static byte[] damage(byte[] bytes, SplittableRandom random) {
    if (bytes.length == 0) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(4)) {
      case 0 -> {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        yield flipped;
      }
      case 1 -> splice(bytes, at, at, PARTS[random.nextInt(PARTS.length)]);
      case 2 -> splice(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(20)), "");
      default -> Arrays.copyOf(bytes, at + 1);
    };
  }

  private static byte[] splice(byte[] bytes, int from, int to, String part) {
    byte[] inserted = part.getBytes(StandardCharsets.UTF_8);
    byte[] result = new byte[from + inserted.length + bytes.length - to];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(inserted, 0, result, from, inserted.length);
    System.arraycopy(bytes, to, result, from + inserted.length, bytes.length - to);
    return result;
  }
}
