package io.shardquake.harness.judge;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a checker answered. One that breaks down proves nothing, so its verdict is {@link
 * Validity#UNKNOWN}, whatever it was asked.
 *
 * @param brokeDown whether it threw instead of answering
 */
record Answer(Verdict verdict, boolean brokeDown) {
  private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

  /** Asks a checker; does not throw what it throws. */
  static Answer of(Checker checker, Evidence evidence, Limits limits) {
    try {
      return new Answer(checker.check(evidence, limits), false);
    } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError e) {
      LOG.error("the checker {} broke down", checker.name(), e);
      return new Answer(
          Verdict.of(checker.name(), Validity.UNKNOWN, "the checker broke down: " + e), true);
    }
  }
}
