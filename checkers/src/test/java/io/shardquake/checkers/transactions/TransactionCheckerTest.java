package io.shardquake.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransactionCheckerTest {
  static Stream<TransactionStory> good() {
    return TransactionStory.read("good.txt").stream();
  }

  static Stream<TransactionStory> bad() {
    return TransactionStory.read("bad.txt").stream();
  }

  @Test
  void thereAreEnoughStories() {
    assertThat(good().count()).isGreaterThanOrEqualTo(10);
    assertThat(bad().count()).isGreaterThanOrEqualTo(10);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("good")
  void findsNothingWrong(TransactionStory story) {
    Verdict verdict = check(story.history(), IsolationLevel.STRICT_SERIALIZABLE);

    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.validity()).isEqualTo(Validity.VALID);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void namesTheAnomaly(TransactionStory story) {
    Verdict verdict = check(story.history(), IsolationLevel.STRICT_SERIALIZABLE);

    assertThat(verdict.validity()).isEqualTo(Validity.INVALID);
    assertThat(verdict.findings())
        .extracting(finding -> finding.data().entries().get("anomaly"))
        .containsExactlyInAnyOrderElementsOf(story.expected().stream().map(Value::of).toList());
  }

  @Test
  void arguesInWords() {
    Finding finding =
        check(story("read skew"), IsolationLevel.STRICT_SERIALIZABLE).findings().get(0);

    assertThat(finding.explanation())
        .isEqualTo(
            """
            Let:
              T1 = [r "x" [], r "y" [1]] (process 1, events 2 to 4)
              T2 = [append "x" 1, append "y" 1] (process 0, events 1 to 5)
            Then:
              - T1 came before T2, because T1 did not see T2's append of 1 to "x".
              - However, T2 came before T1, because T1 saw T2's append of 1 to "y": a contradiction.
            """);
    assertThat(finding.operations()).containsExactly(1L, 2L);
  }

  @Test
  void toleratesWhatTheLevelAllows() {
    Verdict verdict = check(story("write skew"), IsolationLevel.SNAPSHOT_ISOLATION);

    assertThat(verdict.validity()).isEqualTo(Validity.VALID);
    assertThat(verdict.findings())
        .extracting(Finding::severity)
        .containsExactly(Finding.Severity.HAZARD);
    assertThat(verdict.statistics().entries())
        .containsEntry("weakest-broken", Value.of("repeatable-read"))
        .containsEntry("strongest-held", Value.of("snapshot-isolation"));
  }

  @Test
  void saysWhichLevelHeldWhenOnlyTheClockWasIgnored() {
    Verdict verdict = check(story("stale read"), IsolationLevel.SERIALIZABLE);

    assertThat(verdict.validity()).isEqualTo(Validity.VALID);
    assertThat(verdict.statistics().entries())
        .containsEntry("weakest-broken", Value.of("strict-serializable"))
        .containsEntry("strongest-held", Value.of("strong-session-serializable"));
  }

  @Test
  void knowsNothingOfAHistoryWithoutTransactions() {
    assertThat(check(new History.Builder().build(), IsolationLevel.SERIALIZABLE).validity())
        .isEqualTo(Validity.UNKNOWN);
  }

  @Test
  void refusesAnElementThatIsAppendedTwice() {
    Value append = Value.of(List.of(Value.of("append"), Value.of("x"), Value.of(1)));
    History.Builder history = new History.Builder();
    for (int process = 0; process < 2; process++) {
      history.invoke(
          new Invocation(process, process, process, "txn", Value.nil(), Value.of(List.of(append))));
    }
    // Nothing is known to have happened, but what is malformed comes first.
    Verdict verdict = check(history.build(), IsolationLevel.SERIALIZABLE);

    assertThat(verdict.validity()).isEqualTo(Validity.UNKNOWN);
    assertThat(verdict.reason())
        .isEqualTo(
            "the transaction of event 1 appends 1 to \"x\", as event 0 did: each element may be"
                + " appended once only");
  }

  private static History story(String name) {
    return bad().filter(story -> story.name().equals(name)).findFirst().orElseThrow().history();
  }

  private static Verdict check(History history, IsolationLevel level) {
    return new TransactionChecker(level).check(Evidence.of(history), Limits.DEFAULT);
  }
}
