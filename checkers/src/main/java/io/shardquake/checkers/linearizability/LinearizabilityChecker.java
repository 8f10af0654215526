package io.shardquake.checkers.linearizability;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Verdict;
import java.time.Duration;

/** {@link LinearizabilityCheck} as a checker of runs: every key by itself. */
public final class LinearizabilityChecker implements Checker {
  /** More than this nobody waits for. */
  private static final Duration EXPLAINING = Duration.ofSeconds(4);

  private final LinearizabilityOptions options;

  /**
   * Makes the checker.
   *
   * @param options how to judge; its limits give way to those of {@link #check}
   */
  public LinearizabilityChecker(LinearizabilityOptions options) {
    this.options = options;
  }

  @Override
  public String name() {
    return LinearizabilityResult.NAME;
  }

  @Override
  public Verdict check(Evidence evidence, Limits limits) {
    LinearizabilityResult result =
        LinearizabilityCheck.run(evidence.history(), options.withLimits(limits));
    Duration left = limits.time().minus(result.time());
    return result.verdict(left.compareTo(EXPLAINING) < 0 ? left : EXPLAINING);
  }
}
