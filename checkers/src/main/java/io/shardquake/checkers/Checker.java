package io.shardquake.checkers;

/**
 * Judges recorded evidence. Implementations are pure: the same evidence gives the same verdict, and
 * nothing outside is touched. They need not be thread-safe; one instance judges one run.
 */
public interface Checker {
  /** Stable kebab-case name, the first part of every finding's fingerprint. */
  String name();

  /**
   * Judges the evidence within the limits. Running out of either limit is not an exception: it is a
   * verdict of {@link Validity#UNKNOWN} that says how far the checker got. Having had nothing to
   * check is {@link Validity#UNKNOWN} too.
   */
  Verdict check(Evidence evidence, Limits limits);
}
