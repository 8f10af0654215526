package io.shardquake.checkers;

/**
 * The three values of a verdict, in the order in which they merge: the worst wins, and {@link
 * #INVALID} is worse than {@link #UNKNOWN}.
 */
public enum Validity {
  VALID,
  UNKNOWN,
  INVALID;

  /** The worse of the two. */
  public Validity and(Validity other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
