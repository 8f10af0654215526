package io.shardquake.checkers.statistics;

import io.shardquake.checkers.history.Completion;

/**
 * How often one error ended an operation in one way.
 *
 * @param error its entry in the error table; {@code no-completion} for operations that never ended
 * @param outcome {@link Completion.Type#FAIL} or {@link Completion.Type#INFO}
 * @param count how often
 * @param firstNanos when it was first seen, since the start of the run
 * @param lastNanos when it was last seen
 */
public record ErrorStatistics(
    String error, Completion.Type outcome, long count, long firstNanos, long lastNanos) {
  /** The error of operations that never completed. */
  public static final String NO_COMPLETION = "no-completion";
}
