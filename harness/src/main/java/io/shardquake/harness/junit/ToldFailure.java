package io.shardquake.harness.junit;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.Finding.Severity;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** How a test's failure tells its seed, where it is recorded, and what was found in its traffic. */
final class ToldFailure {
  private static final int MOST_FINDINGS = 3;

  private ToldFailure() {}

  /**
   * The failure to throw in place of this one. An assertion's message begins with what is known,
   * and so does that of a condition that did not come about in time; anything else stays as it is,
   * with what is known as a suppressed exception beside it.
   *
   * @param traffic what was found in it; empty if it was not judged
   */
  static Throwable of(Throwable failure, long seed, Path directory, Optional<Verdict> traffic) {
    String known =
        "seed " + seed + ", recorded in " + directory + traffic.map(ToldFailure::found).orElse("");
    String message = known + ": " + failure.getMessage();
    if (failure instanceof TestAbortedException) {
      return failure;
    }
    if (failure instanceof AssertionFailedError assertion && assertion.isExpectedDefined()) {
      return new AssertionFailedError(
          message, assertion.getExpected(), assertion.getActual(), failure);
    }
    if (failure instanceof AssertionError || failure instanceof ConditionTimeoutException) {
      return new AssertionFailedError(message, failure);
    }
    failure.addSuppressed(new IllegalStateException(known));
    return failure;
  }

  private static String found(Verdict verdict) {
    if (verdict.validity() == Validity.VALID) {
      return "";
    }
    StringBuilder text = new StringBuilder(", traffic ").append(verdict.validity());
    violations(verdict)
        .map(Finding::summary)
        .distinct()
        .limit(MOST_FINDINGS)
        .forEach(summary -> text.append(" (").append(summary).append(')'));
    return text.toString();
  }

  private static Stream<Finding> violations(Verdict verdict) {
    return Stream.concat(
        verdict.findings().stream().filter(it -> it.severity() == Severity.VIOLATION),
        verdict.parts().stream().flatMap(ToldFailure::violations));
  }
}
