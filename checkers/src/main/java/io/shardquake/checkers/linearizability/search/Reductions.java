package io.shardquake.checkers.linearizability.search;

/**
 * What a search may leave out beyond the rules of {@link Linearizer} that hold for any model.
 *
 * @param countsInfos whether each Info operation happens at most once; otherwise as often as need
 *     be, which can only turn a verdict of not linearizable into the other (and, of objects that
 *     are no registers, may lead to states without end)
 * @param byDemand whether values that nothing asks for count as one ({@link Demand})
 * @param bySupply whether configurations are dropped at once when a needed value can come from
 *     nowhere ({@link Supply}); without it, the search ends exactly at the first return that no
 *     linearization of the operations before it allows
 */
record Reductions(boolean countsInfos, boolean byDemand, boolean bySupply) {
  /** Decides exactly, fastest. */
  static final Reductions ALL = new Reductions(true, true, true);

  /** Decides faster; only its verdict of not linearizable holds. */
  static final Reductions RELAXED = new Reductions(false, true, true);

  /** Decides exactly, and ends exactly where the history ceases to be linearizable. */
  static final Reductions PLAIN = new Reductions(true, false, false);
}
