package io.shardquake.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {
  /** A write that succeeded, and a read after it that did not see it. */
  private static final String LOST_WRITE =
      """
      {"index":0,"time":10,"process":0,"type":"invoke","f":"write","key":"k","value":1}
      {"index":1,"time":20,"process":0,"type":"ok","f":"write","key":"k","value":1}
      {"index":2,"time":30,"process":1,"type":"invoke","f":"read","key":"k"}
      {"index":3,"time":40,"process":1,"type":"ok","f":"read","key":"k"}
      """;

  private static final String KEPT_WRITE =
      LOST_WRITE.replace(
          "\"ok\",\"f\":\"read\",\"key\":\"k\"", "\"ok\",\"f\":\"read\",\"key\":\"k\",\"value\":1");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path directory;

  private int check(String name, String content, String... options) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    String[] arguments = new String[options.length + 2];
    arguments[0] = "check";
    arguments[1] = file.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);
    return CommandLines.execute(console, arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aLostWriteIsInvalid() throws IOException {
    assertThat(check("history.jsonl", LOST_WRITE)).isEqualTo(1);
    assertThat(out()).startsWith("INVALID");
    assertThat(err()).isEmpty();
  }

  @Test
  void aKeptWriteIsValid() throws IOException {
    assertThat(check("history.jsonl", KEPT_WRITE)).as(out()).isZero();
    assertThat(out()).startsWith("VALID");
  }

  @ParameterizedTest
  @CsvSource({"wgl", "linear", "competition", "unique", "auto"})
  void everyAlgorithmSaysTheSame(String algorithm) throws IOException {
    assertThat(check("bad.jsonl", LOST_WRITE, "--algorithm", algorithm)).isEqualTo(1);
    assertThat(check("good.jsonl", KEPT_WRITE, "--algorithm", algorithm)).isZero();
  }

  @Test
  void whatTheModelDoesNotKnowCannotBeDecided() throws IOException {
    assertThat(check("history.jsonl", LOST_WRITE, "--model", "mutex")).isEqualTo(2);
    assertThat(out()).startsWith("UNKNOWN");
  }

  @Test
  void anEmptyHistoryProvesNothing() throws IOException {
    assertThat(check("history.jsonl", "")).isEqualTo(2);
  }

  @Test
  void readsJepsensHistories() throws IOException {
    String edn =
        """
        {:process 0, :type :invoke, :f :write, :value [7 1]}
        {:process 0, :type :ok, :f :write, :value [7 1]}
        {:process 1, :type :invoke, :f :read, :value [7 nil]}
        {:process 1, :type :ok, :f :read, :value [7 2]}
        """;
    assertThat(check("history.edn", edn, "--independent")).isEqualTo(1);
    assertThat(check("history.edn", edn.replace("[7 2]", "[7 1]"), "--independent")).isZero();
  }

  @Test
  void judgesTransactionsOverLists() throws IOException {
    String stale =
        """
        {:process 0, :type :invoke, :f :txn, :value [[:append x 1] [:r y nil]]}
        {:process 0, :type :ok, :f :txn, :value [[:append x 1] [:r y []]]}
        {:process 1, :type :invoke, :f :txn, :value [[:r x nil]]}
        {:process 1, :type :ok, :f :txn, :value [[:r x []]]}
        """;

    assertThat(check("history.edn", stale, "--model", "list-append")).isEqualTo(1);
    assertThat(out()).contains("G-single-realtime", "However, ");
    assertThat(check("history.edn", stale.replace("x []", "x [1]"), "--model", "list-append"))
        .isZero();
    assertThat(check("history.edn", stale, "--model", "list-append", "--init", "1")).isEqualTo(64);
  }

  @Test
  void startsFromTheInitialValue() throws IOException {
    String read =
        "{:process 1, :type :invoke, :f :read}\n{:process 1, :type :ok, :f :read, :value 5}";

    assertThat(check("history.edn", read, "--init", "5")).isZero();
    assertThat(check("history.edn", read, "--init", "4")).isEqualTo(1);
  }

  @Test
  void aTornLastLineIsRemarkedOnAndDropped() throws IOException {
    assertThat(check("history.jsonl", KEPT_WRITE + "{\"index\":4,\"ti")).isZero();
    assertThat(err()).contains("line 5").hasLineCount(1);
  }

  @Test
  void printsTheVerdictAsJson() throws IOException {
    assertThat(check("history.jsonl", LOST_WRITE, "--json")).isEqualTo(1);
    assertThat(out()).startsWith("{").contains("\"INVALID\"");
  }

  @Test
  void namesTheLineOfAMalformedHistory() throws IOException {
    assertThat(check("history.jsonl", KEPT_WRITE + "nonsense\n" + KEPT_WRITE)).isEqualTo(64);
    assertThat(err()).contains("history.jsonl, line 5: ").hasLineCount(1);
    assertThat(out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--model | counter | there is no model counter",
        "--init | {x | --init takes a value as JSON",
        "--init | '1 2' | --init takes a value as JSON",
        "--algorithm | guess | no algorithm is called 'guess'",
        "--timeout | 0s | limits must be positive",
        "--timeout | soon | not a length of time",
        "--memory | lots | not an amount of memory",
      })
  void refusesOptionsThatMakeNoSense(String option, String value, String reason)
      throws IOException {
    assertThat(check("history.jsonl", KEPT_WRITE, option, value)).isEqualTo(64);
    assertThat(err()).contains(reason).hasLineCount(1);
  }
}
