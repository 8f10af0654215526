package io.shardquake.checkers.linearizability.unique;

/** What an algorithm of this package found out about a history. */
sealed interface Decision {
  /** A linearization exists. */
  record Linearizable() implements Decision {}

  /** None exists. */
  record Contradicted(Contradiction contradiction) implements Decision {}

  /** The conditions of the algorithm do not hold, and what is left of the history shows nothing. */
  record Undecided() implements Decision {}
}
