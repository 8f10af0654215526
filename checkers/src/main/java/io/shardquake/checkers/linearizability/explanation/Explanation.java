package io.shardquake.checkers.linearizability.explanation;

import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import java.util.List;
import java.util.Optional;

/**
 * Why one object's history is not linearizable. Operations are numbers in the object's history. A
 * part that was not found within the limits is empty.
 *
 * @param history the object's history
 * @param verdict the verdict explained
 * @param impasse where the history ceases to be linearizable
 * @param prefix an order of operations that linearizes all that returned before the impasse
 * @param core a small part of the history that is impossible by itself
 */
public record Explanation(
    ObjectHistory history,
    Analysis.Invalid verdict,
    Optional<Impasse> impasse,
    List<Integer> prefix,
    Optional<Core> core) {
  public Explanation {
    prefix = List.copyOf(prefix);
  }

  /**
   * Where a history ceases to be linearizable.
   *
   * @param operation an operation whose return no linearization allows
   * @param returnsPassed how many returns there are before it
   * @param isFirst whether it is shown to be the first such operation: some linearization allows
   *     all returns before it
   * @param candidates what the linearizations up to there come down to, the first few
   * @param candidateCount how many there are in all
   */
  public record Impasse(
      int operation,
      int returnsPassed,
      boolean isFirst,
      List<Candidate> candidates,
      int candidateCount) {
    public Impasse {
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * What some linearizations come down to, and why they go no further.
   *
   * @param state the state that they lead to, for people
   * @param pending open operations that they do not hold
   * @param attempts why it is impossible now, and after each pending operation, the first few
   */
  public record Candidate(String state, List<Integer> pending, List<Attempt> attempts) {
    public Candidate {
      pending = List.copyOf(pending);
      attempts = List.copyOf(attempts);
    }
  }

  /**
   * A way that does not lead on.
   *
   * @param first the pending operation tried first; empty for none
   * @param state the state that it leads to, for people
   * @param why why the impossible operation is impossible then, or the first one is
   */
  public record Attempt(Optional<Integer> first, String state, String why) {}

  /**
   * A small part of the history that is impossible by itself.
   *
   * @param operations its operations in order of invocation; no others need to have returned
   * @param fromAnyState whether it is impossible whatever state the object was in before; if not,
   *     from the initial state
   * @param minimal whether it becomes possible as soon as any one of its operations need not have
   *     happened (the first one of a part that is impossible from any state excepted: it makes the
   *     state known)
   */
  public record Core(List<Integer> operations, boolean fromAnyState, boolean minimal) {
    public Core {
      operations = List.copyOf(operations);
    }
  }
}
