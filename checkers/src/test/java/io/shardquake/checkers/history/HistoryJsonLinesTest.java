package io.shardquake.checkers.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.shardquake.checkers.recording.MalformedRecordingException;
import io.shardquake.checkers.recording.Recorded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryJsonLinesTest {
  private static final String READ = "{\"process\":1,\"type\":\"invoke\",\"f\":\"read\"}\n";
  private static final String INFO = "{\"process\":1,\"type\":\"info\"}\n";

  @Provide
  static Arbitrary<List<Operation>> operations() {
    return HistoryArbitraries.operations();
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void readsWhatWasWritten(@ForAll("operations") List<Operation> operations) throws Exception {
    Path file = Files.createTempDirectory("history").resolve("history.jsonl");
    try {
      write(file, operations);

      Recorded<History> read = HistoryReader.read(file);

      assertThat(read.content()).containsExactlyElementsOf(operations);
      assertThat(read.remarks()).isEmpty();
    } finally {
      Files.delete(file);
      Files.delete(file.getParent());
    }
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void readsTheSameInAnyFieldOrder(@ForAll("operations") List<Operation> operations)
      throws Exception {
    Path file = Files.createTempDirectory("history").resolve("history.jsonl");
    try {
      write(file, operations);
      String reordered =
          Files.readString(file)
              .replaceAll("(?m)^\\{(\"index\":\\d+),(\"time\":\\d+)", "{ $2 , $1");

      assertThat(read(reordered).content()).containsExactlyElementsOf(operations);
    } finally {
      Files.delete(file);
      Files.delete(file.getParent());
    }
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void dropsATornLastLine(@ForAll("operations") List<Operation> operations, @ForAll long where)
      throws Exception {
    Path file = Files.createTempDirectory("history").resolve("history.jsonl");
    try {
      write(file, operations);
      byte[] whole = Files.readAllBytes(file);
      byte[] torn = Arrays.copyOf(whole, Math.floorMod(where, whole.length + 1));
      Files.write(file, torn);
      boolean midLine =
          torn.length > 0 && torn[torn.length - 1] != '\n' && torn[torn.length - 1] != '}';

      Recorded<History> read = HistoryReader.read(file);

      assertThat(read.content().size()).isLessThanOrEqualTo(operations.size());
      if (midLine) {
        assertThat(read.remarks()).singleElement().asString().contains("never finished");
      }
    } finally {
      Files.delete(file);
      Files.delete(file.getParent());
    }
  }

  @Test
  void writesOneCompactLineAnEvent(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("history.jsonl");
    try (HistoryWriter writer = HistoryWriter.create(file)) {
      writer.invoke(new Invocation(0, 5, 3, "write", Value.of("k"), Value.of(7)));
      writer.invoke(new Invocation(1, 6, 4, "read", Value.nil(), Value.nil()));
      writer.complete(
          3, new Completion.Info(2, 9, "timeout", new Attribution(List.of("n1", "n2"), 1)));
      writer.complete(
          4, new Completion.Ok(3, 10, new Value.Keyword("x"), new Attribution(List.of("n1"), 0)));
    }

    assertThat(file)
        .hasContent(
            """
            {"index":0,"time":5,"process":3,"type":"invoke","f":"write","key":"k","value":7}
            {"index":1,"time":6,"process":4,"type":"invoke","f":"read"}
            {"index":2,"time":9,"process":3,"type":"info","f":"write","key":"k","nodes":["n1","n2"],"redirects":1,"error":"timeout"}
            {"index":3,"time":10,"process":4,"type":"ok","f":"read","value":{"@keyword":"x"},"nodes":["n1"]}
            """);
  }

  @Test
  void takesIndexAndTimeFromTheOrderWhereTheyAreMissing() throws IOException {
    History history = read(READ + "\r\n\n" + INFO).content();

    assertThat(history)
        .singleElement()
        .extracting(operation -> operation.completion().orElseThrow())
        .isEqualTo(new Completion.Info(1, 0, "", Attribution.NONE));
  }

  @Test
  void acceptsALastLineWithoutItsEnd() throws IOException {
    assertThat(read(READ + INFO.strip()).remarks()).isEmpty();
    assertThat(read(READ + INFO.strip()).content().isCompleted(0)).isTrue();
  }

  @Test
  void readsAnEmptyFileAsAnEmptyHistory() throws IOException {
    assertThat(read("").content()).isEmpty();
    assertThat(read("\n \n".strip()).content()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "[]|an event is a JSON object, and this is none",
        "{\"process\":1}|the event has no \"type\"",
        "{\"process\":1,\"type\":\"invoke\"}|the event has no \"f\"",
        "{\"type\":\"invoke\",\"f\":\"read\"}|the event has no \"process\"",
        "{\"process\":\"1\",\"type\":\"info\"}|\"process\" is not a whole number from 0 to 2147483647",
        "{\"process\":2147483648,\"type\":\"info\"}|\"process\" is not a whole number from 0 to 2147483647",
        "{\"process\":-1,\"type\":\"info\"}|\"process\" is not a whole number from 0 to 2147483647",
        "{\"process\":1.5,\"type\":\"info\"}|\"process\" is not a whole number from 0 to 2147483647",
        "{\"process\":1,\"type\":\"done\"}|\"type\" is \"done\", not invoke, ok, fail or info",
        "{\"process\":1,\"type\":7}|\"type\" is not a string",
        "{\"process\":1,\"type\":\"ok\",\"val\":7}|an event has no field \"val\"",
        "{\"process\":1,\"type\":\"ok\",\"nodes\":\"n1\"}|\"nodes\" is not an array of strings",
        "{\"process\":1,\"type\":\"ok\",\"nodes\":[1]}|\"nodes\" is not an array of strings",
        "{\"process\":1,\"type\":\"ok\",\"value\":{\"@x\":1}}|\"@x\" is no kind of value",
        "{\"process\":1,\"type\":\"ok\",\"value\":99999999999999999999}|99999999999999999999 does not fit in 64 bits",
        "{\"process\":1,\"type\":\"ok\",\"f\":\"write\"}|process 1 completes \"write\" while its open operation is \"read\"",
        "{\"process\":1,\"type\":\"ok\",\"key\":3}|process 1 completes an operation on 3 while its open one is on nil",
        "{\"process\":1,\"type\":\"ok\"} {}|something follows the event on its line",
        "{\"process\":1,\"type\":\"invoke\",\"f\":\"read\"}|process 1 invokes while its last operation is open",
        "{\"process\":2,\"type\":\"ok\"}|process 2 completes what it did not invoke",
        "{\"index\":0,\"process\":1,\"type\":\"ok\"}|index 0 does not follow index 0",
      })
  void namesTheLineAndTheProblem(String line, String problem) {
    assertMalformed(READ + line + "\n", 2, problem);
  }

  @Test
  void refusesBrokenJsonBeforeTheLastLine() {
    assertThatExceptionOfType(MalformedRecordingException.class)
        .isThrownBy(() -> read(READ + "{\"process\":1\n" + INFO))
        .withMessageStartingWith("history.jsonl, line 2: not JSON: ")
        .matches(problem -> problem.line() == 2);
    assertThatExceptionOfType(MalformedRecordingException.class)
        .isThrownBy(() -> read(READ + "{\"process\":1,\"process\":2,\"type\":\"ok\"}\n"))
        .withMessageStartingWith("history.jsonl, line 2: not JSON: Duplicate field");
  }

  @Test
  void refusesASecondCompletionAndALifeAfterInfo() {
    assertMalformed(READ + INFO + INFO, 3, "process 1 completes what it did not invoke");
    assertMalformed(
        READ + INFO + READ, 3, "process 1 invokes after its last operation ended as info");
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] bytes =
        (READ + "{\"process\":1,\"type\":\"\u00ff\"}\n").getBytes(StandardCharsets.ISO_8859_1);

    assertThatExceptionOfType(MalformedRecordingException.class)
        .isThrownBy(() -> HistoryReader.read(new ByteArrayInputStream(bytes), "history.jsonl"))
        .withMessage("history.jsonl, line 2: not UTF-8");
  }

  @Test
  void refusesALineOfAHundredMegabytes() {
    byte[] bytes = READ.getBytes(StandardCharsets.UTF_8);
    byte[] huge = Arrays.copyOf(bytes, 100 << 20);
    Arrays.fill(huge, bytes.length, huge.length, (byte) 'x');

    assertThatExceptionOfType(MalformedRecordingException.class)
        .isThrownBy(() -> HistoryReader.read(new ByteArrayInputStream(huge), "history.jsonl"))
        .withMessage("history.jsonl, line 2: the line is longer than 32 MiB");
  }

  @Test
  void refusesALongLineThatEnds() {
    byte[] line = READ.getBytes(StandardCharsets.UTF_8);
    byte[] huge = Arrays.copyOf(line, 40 << 20);
    Arrays.fill(huge, line.length, huge.length, (byte) 'x');
    huge[huge.length - 1] = '\n';

    assertThatExceptionOfType(MalformedRecordingException.class)
        .isThrownBy(() -> HistoryReader.read(new ByteArrayInputStream(huge), "history.jsonl"))
        .withMessage("history.jsonl, line 2: the line is longer than 32 MiB");
  }

  @Test
  void tellsWhyAFileCannotBeRead(@TempDir Path directory) {
    Path missing = directory.resolve("none.jsonl");

    assertThatIOException()
        .isThrownBy(() -> HistoryReader.read(missing))
        .withMessage(missing + " does not exist");
    assertThatIOException()
        .isThrownBy(() -> HistoryReader.read(directory))
        .withMessage(directory + " is a directory, not a recording");
  }

  private static void write(Path file, List<Operation> operations) throws Exception {
    try (HistoryWriter writer = HistoryWriter.create(file)) {
      HistoryArbitraries.replay(
          operations,
          new HistoryArbitraries.EventSink() {
            @Override
            public void invoke(Invocation invocation) throws IOException {
              writer.invoke(invocation);
            }

            @Override
            public void complete(int process, Completion completion) throws IOException {
              writer.complete(process, completion);
            }
          });
    }
  }

  private static Recorded<History> read(String lines) throws IOException {
    return HistoryReader.read(
        new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), "history.jsonl");
  }

  private static void assertMalformed(String lines, int line, String problem) {
    assertThatExceptionOfType(MalformedRecordingException.class)
        .isThrownBy(() -> read(lines))
        .withMessage("history.jsonl, line " + line + ": " + problem);
  }
}
