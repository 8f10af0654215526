package io.shardquake.checkers.linearizability.analysis;

import java.util.List;

/**
 * What an algorithm concluded of one object. The verdict only: the argument for people is worked
 * out afterwards, from the history and, where the algorithm has them, the operations it blames.
 */
public sealed interface Analysis {
  /** Kebab-case name of the algorithm that decided. */
  String analyzer();

  /** What it took. */
  Cost cost();

  /** The same, with the cost of work done before added. */
  default Analysis after(Cost before) {
    Cost total = before.then(cost());
    if (this instanceof Invalid invalid) {
      return new Invalid(invalid.analyzer, total, invalid.why, invalid.witness);
    }
    if (this instanceof Unknown unknown) {
      return new Unknown(unknown.analyzer, total, unknown.cause, unknown.returnsPassed);
    }
    return new Valid(analyzer(), total);
  }

  /** A linearization exists. */
  record Valid(String analyzer, Cost cost) implements Analysis {}

  /**
   * No linearization exists.
   *
   * @param why one line for people; operations in it are named as by {@link ObjectHistory#named}
   * @param witness numbers (in the {@link ObjectHistory}) of operations that cannot be linearized
   *     together, in history order; for a search, the one operation whose return no configuration
   *     survives; never empty
   */
  record Invalid(String analyzer, Cost cost, String why, List<Integer> witness)
      implements Analysis {
    public Invalid {
      witness = List.copyOf(witness);
    }
  }

  /**
   * Undecided.
   *
   * @param cause one line for people: which limit was met, or what went wrong
   * @param returnsPassed how many returns, in their order, were shown to be linearizable before
   */
  record Unknown(String analyzer, Cost cost, String cause, int returnsPassed) implements Analysis {}
}
