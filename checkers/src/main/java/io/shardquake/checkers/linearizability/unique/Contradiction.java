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
  /** Orders the operations and drops repetitions. */
  static Contradiction of(String why, List<Integer> operations) {
    return new Contradiction(why, List.copyOf(new TreeSet<>(operations)));
  }
}
