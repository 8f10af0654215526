package io.shardquake.checkers.edn;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.edn.EdnHistoryReader.Values;
import io.shardquake.checkers.history.Operation;
import io.shardquake.checkers.recording.MalformedRecordingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EdnFuzzTest {
  private static final String PLAIN =
      """
      {:process 3, :type :invoke, :f :write, :value 17, :time 5}
      #jepsen.history.Op{:process 3, :type :ok, :f :write, :value 17, :time -1}
      {:process 4, :type :invoke, :f :cas, :value [17 0]}, {:process 4 :type :fail :f :cas}
      {:process 4, :type :invoke, :f :read, :value nil, :node-name :n1}
      {:type :ok, :process 4, :value -17, :f :read}
      """;

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

  /** What is discarded in a map means nothing, but is not plain. */
  @Test
  void readsPlainFormsAsItReadsAllOthers() throws IOException {
    byte[] part = PLAIN.repeat(8).getBytes(StandardCharsets.UTF_8);
    int read = 0;
    for (int seed = 0; seed < 5_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      String damaged = new String(damage(part, random), StandardCharsets.ISO_8859_1);
      if (!damaged.matches("(?s).*[\"\\\\;].*")) {
        Optional<List<Operation>> plain = operations(damaged);
        assertThat(operations(damaged.replace("{", "{#_0 "))).as(damaged).isEqualTo(plain);
        read += plain.isPresent() ? 1 : 0;
      }
    }
    assertThat(read).as("damaged histories that could be read").isPositive();
  }

  private static Optional<List<Operation>> operations(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    List<Operation> operations = new ArrayList<>();
    try {
      EdnHistoryReader.read(new ByteArrayInputStream(bytes), "text", Values.PLAIN)
          .content()
          .forEach(operations::add);
      return Optional.of(operations);
    } catch (MalformedRecordingException refused) {
      return Optional.empty();
    }
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
