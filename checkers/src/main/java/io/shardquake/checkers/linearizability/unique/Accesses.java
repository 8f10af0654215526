package io.shardquake.checkers.linearizability.unique;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchEndedException;
import io.shardquake.checkers.linearizability.model.Specification;
import java.util.Arrays;
import java.util.Optional;

/**
 * What each operation on a register reads and writes, as value numbers: a read reads, a write
 * writes, a compare-and-set does both at once. Operations that say nothing do neither: reads whose
 * answer nobody knows, and a compare-and-set from a value to itself if nobody knows its outcome. If
 * such a one succeeded, it was a read. A compare-and-set that missed, and so only says what the
 * register did not hold, is left out.
 */
final class Accesses {
  /** Neither reads nor writes. */
  static final int NONE = -1;

  private static final Value MISSED = Value.of(false);

  private enum Function {
    READ,
    WRITE,
    CAS
  }

  private final ObjectHistory history;
  private final LimitPoll poll;
  private final ValueNumbers numbers;
  private final int initial;
  private final int[] reads;
  private final int[] writes;
  private boolean exact = true;

  private Accesses(
      ObjectHistory history,
      Specification.Register register,
      Function[] functions,
      LimitPoll poll) {
    this.history = history;
    this.poll = poll;
    this.reads = new int[history.size()];
    this.writes = new int[history.size()];
    Arrays.fill(reads, NONE);
    Arrays.fill(writes, NONE);
    for (int operation = 0; operation < history.size(); operation++) {
      poll.step();
      switch (functions[history.function(operation)]) {
        case READ -> {
          if (!isInfo(operation) && history.result(operation) != ObjectHistory.UNKNOWN) {
            reads[operation] = history.result(operation);
          }
        }
        case WRITE -> writes[operation] = history.argument(operation);
        case CAS -> {}
      }
    }
    this.numbers = new ValueNumbers(history);
    this.initial = numbers.of(register.initial());
  }

  /**
   * The accesses of a history; empty if one of its operations is none of a register's.
   *
   * @param poll that this and whatever works on it is to ask
   * @throws SearchEndedException if a limit is met
   */
  static Optional<Accesses> of(
      ObjectHistory history, Specification.Register register, LimitPoll poll) {
    Function[] functions = new Function[history.functions()];
    for (int number = 0; number < functions.length; number++) {
      switch (history.functionName(number)) {
        case "read" -> functions[number] = Function.READ;
        case "write" -> functions[number] = Function.WRITE;
        case "cas" -> functions[number] = Function.CAS;
        default -> {
          return Optional.empty();
        }
      }
    }
    Accesses accesses = new Accesses(history, register, functions, poll);
    for (int operation = 0; operation < history.size(); operation++) {
      poll.step();
      if (functions[history.function(operation)] == Function.CAS
          && !(register.compareAndSet() && accesses.addCas(operation))) {
        return Optional.empty();
      }
    }
    return Optional.of(accesses);
  }

  /** Adds a compare-and-set; false if it does not say from what to what. */
  private boolean addCas(int operation) {
    if (!(history.value(history.argument(operation)) instanceof Value.Sequence pair)
        || pair.items().size() != 2) {
      return false;
    }
    if (missed(operation)) {
      exact = false;
      return true;
    }
    int expected = numbers.of(pair.items().get(0));
    int replacement = numbers.of(pair.items().get(1));
    if (expected != replacement) {
      reads[operation] = expected;
      writes[operation] = replacement;
    } else if (!isInfo(operation)) {
      reads[operation] = expected;
    }
    return true;
  }

  private boolean missed(int operation) {
    int result = history.result(operation);
    return result != ObjectHistory.UNKNOWN && history.value(result).equals(MISSED);
  }

  /** Whether nothing that an operation said was left out. */
  boolean exact() {
    return exact;
  }

  /** What to ask in a long loop; throws {@link SearchEndedException} if a limit is met. */
  LimitPoll poll() {
    return poll;
  }

  ObjectHistory history() {
    return history;
  }

  /** Number of the register's value before any operation. */
  int initial() {
    return initial;
  }

  /** How many values have a number. */
  int values() {
    return numbers.size();
  }

  Value value(int number) {
    return numbers.value(number);
  }

  /** What the operation reads, or {@link #NONE}. */
  int reads(int operation) {
    return reads[operation];
  }

  /** What the operation writes, or {@link #NONE}. */
  int writes(int operation) {
    return writes[operation];
  }

  /** Whether it is a read, or acts as one. */
  boolean onlyReads(int operation) {
    return reads[operation] != NONE && writes[operation] == NONE;
  }

  /** Whether it reads and writes at once. */
  boolean links(int operation) {
    return reads[operation] != NONE && writes[operation] != NONE;
  }

  boolean isInfo(int operation) {
    return history.returned(operation) == ObjectHistory.NEVER;
  }

  /** The operation no longer asks for the value it reads. */
  void forgetRead(int operation) {
    reads[operation] = NONE;
  }

  /** The operation is taken as not having happened. */
  void drop(int operation) {
    reads[operation] = NONE;
    writes[operation] = NONE;
  }
}
