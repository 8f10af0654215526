package io.shardquake.checkers.edn;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.edn.EdnHistoryReader.Values;
import io.shardquake.checkers.recording.MalformedRecordingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EdnFuzzTest {
  private static final String[] PARTS = {
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "\"",
    ":",
    ";",
    "\\",
    "#",
    "#_",
    "#{",
    "^",
    "1",
    "-",
    "N",
    "M",
    "/",
    " ",
    "\n",
    "nil",
    ":process",
    ":type",
    ":ok",
    "##NaN",
    "#a",
    "\u00e9",
    "\0",
    "#:a{",
    "'",
  };

  /** A reader that meets damage says so, or reads on, but does nothing else. */
  @Test
  void readsOrRefusesDamagedHistories() throws IOException {
    byte[] whole = Files.readAllBytes(Corpora.knossos().get(0).file());
    byte[] part = Arrays.copyOf(whole, Math.min(whole.length, 2_000));
    int refused = 0;
    for (int seed = 0; seed < 10_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] damaged = part;
      for (int i = 0; i <= random.nextInt(3); i++) {
        damaged = damage(damaged, random);
      }
      try {
        EdnHistoryReader.read(new ByteArrayInputStream(damaged), "seed-" + seed, Values.PLAIN);
      } catch (MalformedRecordingException problem) {
        refused++;
        assertThat(problem.getMessage()).startsWith("seed-" + seed + ", line ").hasLineCount(1);
      }
    }
    assertThat(refused).as("damaged histories that were refused").isBetween(2_000, 10_000);
  }

  private static byte[] damage(byte[] bytes, SplittableRandom random) {
    int at = random.nextInt(bytes.length);
    if (random.nextBoolean()) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      return flipped;
    }
    byte[] inserted = PARTS[random.nextInt(PARTS.length)].getBytes(StandardCharsets.UTF_8);
    int to = Math.min(bytes.length, at + random.nextInt(4));
    byte[] result = new byte[at + inserted.length + bytes.length - to];
    System.arraycopy(bytes, 0, result, 0, at);
    System.arraycopy(inserted, 0, result, at, inserted.length);
    System.arraycopy(bytes, to, result, at + inserted.length, bytes.length - to);
    return result;
  }
}
