package io.shardquake.harness.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

final class ToldFailureTest {
  private static final Path DIRECTORY = Path.of("somewhere");

  private static Throwable told(Throwable failure, Verdict... traffic) {
    return ToldFailure.of(failure, 8, DIRECTORY, Stream.of(traffic).findFirst());
  }

  @Test
  void anAssertionBeginsWithSeedAndDirectoryAndKeepsWhatItCompared() {
    Throwable told = told(new AssertionFailedError("different", 1, 2));

    assertThat(told)
        .isInstanceOf(AssertionFailedError.class)
        .hasMessage("seed 8, recorded in somewhere: different");
    assertThat(((AssertionFailedError) told).getActual().getValue()).isEqualTo(2);
  }

  @Test
  void whatWasFoundInTheTrafficIsTold() {
    Finding lost = finding(Severity.VIOLATION, "write of 5 to key a was lost");
    Finding note = finding(Severity.NOTE, "a failover happened");
    Verdict part =
        new Verdict(
            "durability",
            Validity.INVALID,
            "",
            List.of(note, lost),
            Value.Mapping.EMPTY,
            List.of());

    assertThat(told(new AssertionError("x"), Verdict.merge("all", List.of(part))))
        .hasMessage(
            "seed 8, recorded in somewhere, traffic INVALID (write of 5 to key a was lost): x");
    assertThat(told(new AssertionError("x"), Verdict.of("all", Validity.VALID, "")))
        .hasMessage("seed 8, recorded in somewhere: x");
  }

  private static Finding finding(Severity severity, String summary) {
    return new Finding("kind", severity, summary, "", List.of(), Value.Mapping.EMPTY);
  }

  @Test
  void aConditionThatDidNotComeAboutIsToldAsAnAssertion() {
    Throwable late = new ConditionTimeoutException("not within 10 seconds");

    assertThat(told(late))
        .isInstanceOf(AssertionError.class)
        .hasMessage("seed 8, recorded in somewhere: not within 10 seconds")
        .hasCause(late);
  }

  @Test
  void anythingElseStaysWhatItIs() {
    Throwable broken = new IOException("gone");
    Throwable skipped = new TestAbortedException("not here");

    assertThat(told(broken)).isSameAs(broken);
    assertThat(broken.getSuppressed()[0]).hasMessage("seed 8, recorded in somewhere");
    assertThat(told(skipped)).isSameAs(skipped).hasNoSuppressedExceptions();
  }
}
