package io.shardquake.checkers.linearizability.unique;

import java.util.List;
import java.util.TreeSet;

/**
 * Why no linearization exists.
 *
 * @param why one line for people
 * @param operations numbers of the operations that contradict each other, in history order
 */
record Contradiction(String why, List<Integer> operations) {
  /** Orders the operations, drops repetitions, and {@link Accesses#NONE} for no operation. */
  static Contradiction of(String why, List<Integer> operations) {
    TreeSet<Integer> distinct = new TreeSet<>(operations);
    distinct.remove(Accesses.NONE);
    return new Contradiction(why, List.copyOf(distinct));
  }

  /** The same. */
  static Contradiction of(String why, Integer... operations) {
    return of(why, List.of(operations));
  }
}
