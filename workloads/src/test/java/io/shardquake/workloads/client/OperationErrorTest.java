package io.shardquake.workloads.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.workloads.client.OperationError.Certainty;
import io.shardquake.workloads.client.OperationError.Recovery;
import io.shardquake.workloads.client.OperationError.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OperationErrorTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "errors.md");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MOVED 3999 127.0.0.1:6381 | MOVED",
        "ASK 3999 127.0.0.1:6381 | ASK",
        "TRYAGAIN Multiple keys request during rehashing of slot | TRYAGAIN",
        "CLUSTERDOWN The cluster is down | CLUSTERDOWN",
        "CLUSTERDOWN Hash slot not served | CLUSTERDOWN",
        "CROSSSLOT Keys in request don't hash to the same slot | CROSSSLOT",
        "READONLY You can't write against a read only replica. | READONLY",
        "LOADING Redis is loading the dataset in memory | LOADING",
        "MASTERDOWN Link with MASTER is down | MASTERDOWN",
        "MISCONF Redis is configured to save RDB snapshots | MISCONF",
        "NOREPLICAS Not enough good replicas to write. | NOREPLICAS",
        "OOM command not allowed when used memory > 'maxmemory'. | OOM",
        "NOAUTH Authentication required. | NOAUTH",
        "WRONGTYPE Operation against a key holding the wrong kind of value | WRONGTYPE",
        "EXECABORT Transaction discarded because of previous errors. | EXECABORT",
        "BUSY Redis is busy running a script. | BUSY",
        "UNBLOCKED force unblock from blocking operation | UNBLOCKED",
        "ERR unknown command 'X', with args beginning with: | UNKNOWN_COMMAND",
        "ERR value is not an integer or out of range | NOT_AN_INTEGER",
        "ERR max number of clients reached | TOO_MANY_CLIENTS",
      })
  void knowsTheMessagesOfRealServers(String message, OperationError expected) {
    assertThat(OperationError.ofReply(message)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "ERR something else",
    "MOVEDX 1 a:1",
    "moved 1 a:1",
    "''",
    "BUSYGROUP exists",
    "ERR unknown"
  })
  void takesWhatItDoesNotKnowForOpen(String message) {
    OperationError error = OperationError.ofReply(message);
    assertThat(error).isEqualTo(OperationError.UNKNOWN_ERROR);
    assertThat(error.certainty()).isEqualTo(Certainty.OPEN);
  }

  @ParameterizedTest
  @EnumSource
  void isAskedAgainOnlyIfItProvesThatNothingHappened(OperationError error) {
    if (error.recovery() != Recovery.NONE) {
      assertThat(error.certainty()).isEqualTo(Certainty.NOT_DONE);
      assertThat(error.source()).isEqualTo(Source.REPLY);
    }
  }

  @Test
  void hasDifferentLabels() {
    assertThat(Arrays.stream(OperationError.values()).map(OperationError::label))
        .doesNotHaveDuplicates();
  }

  @Test
  void isWhatTheDocumentSays() throws IOException {
    if (Boolean.getBoolean("shardquake.writeDocuments")) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, document());
    }
    assertThat(DOCUMENT)
        .as(
            "docs/errors.md is written from OperationError; after a change write it anew with"
                + " ./mvnw -pl workloads -am test -Dtest=OperationErrorTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dshardquake.writeDocuments=true")
        .hasContent(document());
  }

  private static String document() {
    return """
        # Which error means what

        Every operation ends in one of three ways: `Ok` (it happened), `Fail` (it certainly did not
        happen and never will) or `Info` (nobody knows). Which error leads to which is this table.
        It is written from the enumeration `OperationError`, and a test keeps the two alike.

        * *certain*: the operation ends as `Fail`.
        * *open*: the operation ends as `Info`, but only if commands that could perform it may have
          left. A compare-and-set that was still reading what to compare with ends as `Fail`,
          whatever went wrong.
        * *follow*, *ask*, *retry*: before it ends, the client asks the named node (and remembers it),
          asks the named node this once with `ASKING`, or asks the same node after 2, 4, 8, … 64
          milliseconds. All together at most 16 times, and within the operation's time-out. Each of
          these errors proves that nothing was executed; after any other nothing is sent again.

        ## Error replies

        The label is how the message begins, word for word; the longest label that fits counts.

        """
        + table(Source.REPLY)
        + """

        ## What the client itself says

        """
        + table(Source.CLIENT);
  }

  private static String table(Source source) {
    return Arrays.stream(OperationError.values())
        .filter(error -> error.source() == source)
        .map(OperationErrorTest::row)
        .collect(
            Collectors.joining(
                "\n", "| label | outcome | then | why |\n|---|---|---|---|\n", "\n"));
  }

  private static String row(OperationError error) {
    String outcome =
        switch (error.certainty()) {
          case NOT_DONE -> "certain";
          case OPEN -> "open";
        };
    String then =
        switch (error.recovery()) {
          case FOLLOW -> "follow";
          case ASK -> "ask";
          case RETRY -> "retry";
          case NONE -> "";
        };
    return "| `%s` | %s | %s | %s |".formatted(error.label(), outcome, then, error.meaning());
  }
}
