package io.shardquake.checkers.edn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.shardquake.checkers.edn.EdnHistoryReader.Values;
import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.HistoryArbitraries;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Operation;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.recording.MalformedRecordingException;
import io.shardquake.checkers.recording.Recorded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdnHistoryReaderTest {
  private static final String READ = "{:process 1, :type :invoke, :f :read, :value nil}\n";
  private static final String OK = "{:process 1, :type :ok, :f :read, :value 3}\n";

  static List<Corpora.Recording> recordings() {
    return Corpora.all();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void readsEveryEventOfTheCorpora(Corpora.Recording recording) throws IOException {
    String text = Files.readString(recording.file());

    Recorded<History> read = EdnHistoryReader.read(recording.file(), Values.PLAIN);

    History history = read.content();
    int completions = (int) IntStream.range(0, history.size()).filter(history::isCompleted).count();
    assertThat(history.size()).isEqualTo(count(text, ":invoke")).isPositive();
    assertThat(history.size() + completions).isEqualTo(count(text, ":process"));
    assertThat(read.remarks()).isEmpty();
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void readsWhatWasWritten(@ForAll("operations") List<Operation> operations) throws Exception {
    History.Builder builder = new History.Builder();
    HistoryArbitraries.replay(
        operations,
        new HistoryArbitraries.EventSink() {
          @Override
          public void invoke(Invocation invocation) {
            builder.invoke(invocation);
          }

          @Override
          public void complete(int process, Completion completion) {
            builder.complete(process, completion);
          }
        });
    History history = builder.build();
    StringBuilder text = new StringBuilder();

    EdnHistoryWriter.write(history, text);

    assertThat(read(text.toString(), EdnHistoryWriter.valuesOf(history)).content())
        .containsExactlyElementsOf(operations);
  }

  @Provide
  static Arbitrary<List<Operation>> operations() {
    return HistoryArbitraries.operations();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        READ + OK,
        "[" + READ + OK + "]",
        "(" + READ + OK + ")",
        "[" + READ + "][" + OK + "]",
        "; comment {\n#_ {:a #_ 1 2} [ #_skip" + READ + " ; end\n" + OK + "]\n;",
        "{:process 1 :type :invoke,:f :read}{:process 1,,,:type :ok\t:value 3\n:f :read}",
        "{:f :read, :value nil :type :invoke :process 1N}\r\n"
            + "#jepsen.history.Op{:index 1, :time 0, :type :ok, :process 1, :f :read, :value 3}",
        "#jepsen.history.Op {:index 0, :time -1, :type :invoke, :process 1, :f :read, :value nil}"
            + "#knossos.op.Op{:process 1 :type :ok :f :read :value 3 :extra #object[Foo 0x1f \"x\"]}",
        "\ufeff" + READ + "^{:line 1} " + OK,
        "{\"process\" 7 :process 1, :type :invoke, :f :read, 7 8 [1 2] {3 4} nil nil}" + OK,
      })
  void readsAnyFormatting(String text) throws IOException {
    History history = read(text, Values.PLAIN).content();

    assertThat(history)
        .singleElement()
        .satisfies(
            operation -> {
              assertThat(operation.invocation().process()).isEqualTo(1);
              assertThat(operation.invocation().function()).isEqualTo("read");
              assertThat(operation.invocation().value()).isEqualTo(Value.nil());
              assertThat(operation.completion())
                  .contains(new Completion.Ok(1, 0, Value.of(3), Attribution.NONE));
            });
  }

  @Test
  void leavesTheNemesisOutAndCountsIt() throws IOException {
    Recorded<History> read =
        read(
            "{:process :nemesis, :type :info, :f :start, :value nil, :index 0}"
                + "{:process 1, :type :invoke, :f :read, :index 1, :time 7}"
                + "{:process :nemesis, :type :info, :f :start, :value {\"n1\" :cut}, :index 2}"
                + "{:process 1, :type :info, :f :read, :index 3, :time 9, :error :timeout}",
            Values.PLAIN);

    assertThat(read.remarks()).containsExactly("history.edn: left out 2 events of the nemesis");
    assertThat(read.content())
        .singleElement()
        .satisfies(
            operation -> {
              assertThat(operation.invocation().index()).isEqualTo(1);
              assertThat(operation.completion())
                  .contains(new Completion.Info(3, 9, "timeout", Attribution.NONE));
            });
  }

  @Test
  void countsTheNemesisWhereIndexesAreMissing() throws IOException {
    History history =
        read("{:process :nemesis :type :info :f :kill}" + READ + OK, Values.PLAIN).content();

    assertThat(history.invocationIndex(0)).isEqualTo(1);
    assertThat(history.completionIndex(0)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[:x 4]",
        "#jepsen.independent.Tuple{:key :x, :value 4}",
        "#jepsen.independent/tuple [:x 4]",
        "#clojure.lang.MapEntry[:x 4]"
      })
  void splitsIndependentTuples(String tuple) throws IOException {
    History history =
        read(
                "{:process 0, :type :invoke, :f :write, :value %s}".formatted(tuple)
                    + "{:process 1, :type :invoke, :f :read, :value [:x nil]}"
                    + "{:process 1, :type :ok, :f :read, :value %s}".formatted(tuple)
                    + "{:process 0, :type :info, :f :write}",
                Values.INDEPENDENT)
            .content();

    assertThat(history.keyCount()).isEqualTo(1);
    assertThat(history.keyValue(0)).isEqualTo(new Value.Keyword("x"));
    assertThat(history.argument(0)).isEqualTo(Value.of(4));
    assertThat(history.argument(1)).isEqualTo(Value.nil());
    assertThat(history.result(1)).isEqualTo(Value.of(4));
  }

  @Test
  void keepsErrorsInWords() throws IOException {
    History history =
        read(
                "{:process 0 :type :invoke :f :read}{:process 0 :type :fail :error [:busy nil]}"
                    + "{:process 0 :type :invoke :f :read}{:process 0 :type :fail :error \"x\"}",
                Values.PLAIN)
            .content();

    assertThat(history.error(0)).isEqualTo("[:busy nil]");
    assertThat(history.error(1)).isEqualTo("x");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "17|an operation is a map or record, and this is 17",
        "{:process 2}|the operation has no :type",
        "{:type :invoke, :f :read}|the operation has no :process",
        "{:process 2, :type :invoke}|the operation has no :f",
        "{:process 2, :type :done, :f :read}|:type is :done, not :invoke, :ok, :fail or :info",
        "{:process -2, :type :invoke, :f :read}|:process -2 is not from 0 to 2147483647",
        "{:process 2, :type :invoke, :f :read, :index :x}|:index is not a whole number: :x",
        "{:process 2, :type :invoke, :f :read, :time 1.5}|:time is not a whole number: 1.5",
        "{:process 2, :type :invoke, :f :read, :index 0}|index 0 does not follow index 0",
        "{:process 2, :type :invoke, :f :read, :f :read}|the operation has :f twice",
        "{:process 2, :type}|a map has a key without a value",
        "{:process 1, :type :invoke, :f :read}|process 1 invokes while its last operation is open",
        "{:process 2, :type :ok, :f :read}|process 2 completes what it did not invoke",
        "{:process 1, :type :ok, :f :write}|process 1 completes :write while its open operation is :read",
        "{:process 1, :value 08}|08 is no number",
        "{:process 1, :value 1a}|1a is no number",
        "{:process 1, :value \"\\q\"}|a string has the escape \\q, which is none",
        "{:process 1, :value \"\\u12\"}|\\u in a string needs four hexadecimal digits",
        "{:process 1, :value \"\\ud800\"}|a string holds half a surrogate pair",
        "{:process 1, :value \\bad}|\\bad is no character",
        "{:process 1, :value #<Foo>}|'#<' begins an object that could not be printed readably",
        "{:process 1, :value {:a}}|a map has a key without a value",
        "{:process 1, :value {:a 1 :a 2}}|a map has the key :a twice",
        "{:process 1, :value @x}|'@' begins no value",
        "{:process 1, :value ##Foo}|##Foo is no number",
        "{:process 1, :value #shardquake/bytes \"?\"}|#shardquake/bytes needs base64",
        "{:process 1, :value : }|a keyword has no name",
        "{:process 1, :value ]}|']' closes what was not opened",
        "]|']' closes what was not opened",
      })
  void namesTheLineAndTheProblem(String form, String problem) {
    assertMalformed(READ + form + "\n" + OK, 2, problem);
  }

  @Test
  void tellsWhatNeverEnds() {
    assertMalformed("[" + READ, 2, "the text ends before the ']' that line 1 calls for");
    assertMalformed(READ + "{:a \"b\n", 2, "the string that begins here never ends");
    assertMalformed(READ + "{:a", 2, "the text ends where a value is expected");
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] bytes = (READ + "{:a \"\u00ff\"}").getBytes(StandardCharsets.ISO_8859_1);

    assertThatExceptionOfType(MalformedRecordingException.class)
        .isThrownBy(
            () ->
                EdnHistoryReader.read(new ByteArrayInputStream(bytes), "history.edn", Values.PLAIN))
        .withMessage("history.edn, line 2: not UTF-8");
  }

  @Test
  void refusesNestingThatWouldUseUpTheStack() {
    assertMalformed(
        "{:value " + "[".repeat(1_000_000), 1, "values lie in each other more than 256 deep");
    assertMalformed("#_".repeat(1_000_000), 1, "values lie in each other more than 256 deep");
    assertMalformed(
        "{:value " + "{".repeat(100), 1, "keys of maps lie in each other more than 3 deep");
  }

  @Test
  void refusesAnOperationOfAHundredMegabytes() {
    assertMalformed(
        "{:value \"" + "x".repeat(100 << 20), 1, "one operation takes more than 32 MiB");
  }

  @Test
  void refusesANumberThatWouldTakeForever() {
    assertMalformed("{:value " + "1".repeat(1 << 20) + "}", 1, "a number has 1048576 characters");
  }

  @Test
  void refusesValuesThatAreNoTuples() {
    assertThatExceptionOfType(MalformedRecordingException.class)
        .isThrownBy(() -> read("\n" + READ, Values.INDEPENDENT))
        .withMessage("history.edn, line 2: :value nil is not an independent tuple [key value]");
    assertThatExceptionOfType(MalformedRecordingException.class)
        .isThrownBy(
            () ->
                read(
                    "{:process 1 :type :invoke :f :read :value [1 nil]}"
                        + "{:process 1 :type :ok :f :read :value [2 7]}",
                    Values.INDEPENDENT))
        .withMessageEndingWith("is not an independent tuple of key 1, which its process invoked");
  }

  @Test
  void tellsWhyAFileCannotBeRead(@TempDir Path directory) {
    Path missing = directory.resolve("none.edn");

    assertThatIOException()
        .isThrownBy(() -> EdnHistoryReader.read(missing, Values.PLAIN))
        .withMessage(missing + " does not exist");
    assertThatIOException()
        .isThrownBy(() -> EdnHistoryReader.read(directory, Values.PLAIN))
        .withMessage(directory + " is a directory, not a history");
  }

  private static Recorded<History> read(String text, Values values) throws IOException {
    return EdnHistoryReader.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "history.edn", values);
  }

  private static void assertMalformed(String text, int line, String problem) {
    assertThatExceptionOfType(MalformedRecordingException.class)
        .isThrownBy(() -> read(text, Values.PLAIN))
        .withMessage("history.edn, line " + line + ": " + problem);
  }

  private static int count(String text, String part) {
    String code = text.replaceAll(";[^\n]*", "");
    return (code.length() - code.replace(part, "").length()) / part.length();
  }
}
