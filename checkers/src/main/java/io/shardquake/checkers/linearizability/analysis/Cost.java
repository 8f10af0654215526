package io.shardquake.checkers.linearizability.analysis;

/**
 * What an analysis took.
 *
 * @param nanos wall-clock time
 * @param configurations how many configurations were visited; 0 for algorithms that search none
 * @param peakBytes the most memory its own data held at once, estimated from array sizes
 */
public record Cost(long nanos, long configurations, long peakBytes) {
  public static final Cost NONE = new Cost(0, 0, 0);

  /** Both at once: counts and peaks add up, the longer time counts. */
  public Cost beside(Cost other) {
    return new Cost(
        Math.max(nanos, other.nanos),
        configurations + other.configurations,
        peakBytes + other.peakBytes);
  }

  /** One after the other: times and counts add up, the higher peak counts. */
  public Cost then(Cost next) {
    return new Cost(
        nanos + next.nanos,
        configurations + next.configurations,
        Math.max(peakBytes, next.peakBytes));
  }
}
