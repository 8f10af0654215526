package io.shardquake.checkers.linearizability.analysis;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.model.Call;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The operations on one object in order of invocation, as columns. Operations that failed are not
 * in it: they never happened. An operation of unknown outcome (Info, or without completion) returns
 * {@link #NEVER}.
 *
 * <p>Invocations and returns share one order: their ranks are distinct, from 0 to {@link #events()}
 * - 1. Arguments and results are numbers; equal values have equal numbers. Immutable, safe for use
 * by many threads.
 */
public final class ObjectHistory {
  /** Return rank of an operation of unknown outcome; greater than every other rank. */
  public static final int NEVER = Integer.MAX_VALUE;

  /** Stands for a result that nobody knows. */
  public static final int UNKNOWN = -1;

  /** Longer calls, such as reads of large sets, are cut here in {@link #named}. */
  private static final int LONGEST_NAME = 80;

  private final Value key;
  private final int[] row;
  private final int[] call;
  private final int[] returned;
  private final int[] function;
  private final int[] argument;
  private final int[] result;
  private final int events;
  private final List<String> functions;
  private final ValueTable values;

  private ObjectHistory(Builder from, LimitPoll poll) {
    int size = from.size;
    key = from.key;
    row = Arrays.copyOf(from.row, size);
    function = Arrays.copyOf(from.function, size);
    argument = Arrays.copyOf(from.argument, size);
    result = Arrays.copyOf(from.result, size);
    functions = List.copyOf(from.functions.keySet());
    values = from.values;
    call = new int[size];
    returned = new int[size];
    events = rank(Arrays.copyOf(from.called, size), Arrays.copyOf(from.returned, size), poll);
  }

  private ObjectHistory(ObjectHistory from, int[] kept, long[] calls, long[] ends, LimitPoll poll) {
    key = from.key;
    functions = from.functions;
    values = from.values;
    row = select(from.row, kept);
    function = select(from.function, kept);
    argument = select(from.argument, kept);
    result = select(from.result, kept);
    call = new int[kept.length];
    returned = new int[kept.length];
    events = rank(calls, ends, poll);
  }

  private static int[] select(int[] column, int[] kept) {
    int[] selected = new int[kept.length];
    for (int i = 0; i < kept.length; i++) {
      selected[i] = column[kept[i]];
    }
    return selected;
  }

  /**
   * Part of this history; its operations are numbered anew and keep their rows.
   *
   * @param kept numbers of the operations to keep, ascending
   * @param unreturned which of them are to have an unknown outcome, by their numbers here; they
   *     keep their results, which they have if they happened
   * @throws SearchEndedException if a limit is met
   */
  public ObjectHistory part(int[] kept, IntPredicate unreturned, LimitPoll poll) {
    long[] calls = new long[kept.length];
    long[] ends = new long[kept.length];
    for (int i = 0; i < kept.length; i++) {
      int end = returned[kept[i]];
      calls[i] = call[kept[i]];
      ends[i] = end == NEVER || unreturned.test(kept[i]) ? Long.MAX_VALUE : end;
    }
    return new ObjectHistory(this, kept, calls, ends, poll);
  }

  /**
   * Part of this history in which operations return at other times; they are numbered anew and keep
   * their rows.
   *
   * @param kept numbers of the operations to keep, ascending
   * @param returns for each of them a {@link #position}, of a rank or between two, all different
   *     and after that of its call; or {@link Long#MAX_VALUE} if its outcome is unknown
   * @throws SearchEndedException if a limit is met
   */
  public ObjectHistory part(int[] kept, long[] returns, LimitPoll poll) {
    long[] calls = new long[kept.length];
    for (int i = 0; i < kept.length; i++) {
      calls[i] = position(call[kept[i]]);
    }
    return new ObjectHistory(this, kept, calls, returns, poll);
  }

  /**
   * The rank on a scale that has room for as many positions between two ranks as there can be
   * operations; {@link Long#MAX_VALUE} for {@link #NEVER}.
   */
  public static long position(int rank) {
    return rank == NEVER ? Long.MAX_VALUE : (long) rank << Integer.SIZE;
  }

  /** Replaces the recorded event indexes by ranks; returns the number of events. */
  private int rank(long[] called, long[] ended, LimitPoll poll) {
    EventRanks ranks = EventRanks.of(called, ended);
    for (int i = 0; i < called.length; i++) {
      poll.step();
      call[i] = ranks.ofCall(called[i], i);
      returned[i] = ended[i] == Long.MAX_VALUE ? NEVER : ranks.ofReturn(ended[i], call[i]);
    }
    return ranks.events();
  }

  /** Which object; {@link Value#nil()} where a history has one only. */
  public Value key() {
    return key;
  }

  /** Number of operations. */
  public int size() {
    return row.length;
  }

  /** Number of invocations and returns together. */
  public int events() {
    return events;
  }

  /** Row of the operation in the {@link io.shardquake.checkers.history.History}. */
  public int row(int operation) {
    return row[operation];
  }

  /** Rank of the invocation; rises with the operation's number. */
  public int call(int operation) {
    return call[operation];
  }

  /** Rank of the return; {@link #NEVER} if the outcome is unknown. */
  public int returned(int operation) {
    return returned[operation];
  }

  /** Number of the function; see {@link #functionName}. */
  public int function(int operation) {
    return function[operation];
  }

  /** Number of the argument; see {@link #value}. */
  public int argument(int operation) {
    return argument[operation];
  }

  /** Number of the result, or {@link #UNKNOWN}; see {@link #value}. */
  public int result(int operation) {
    return result[operation];
  }

  /** Number of distinct functions. */
  public int functions() {
    return functions.size();
  }

  /** The function's name. */
  public String functionName(int functionNumber) {
    return functions.get(functionNumber);
  }

  /** Number of distinct values among arguments and results. */
  public int values() {
    return values.size();
  }

  /** The value of an {@link #argument} or a {@link #result}; may make an object. */
  public Value value(int valueNumber) {
    return values.value(valueNumber);
  }

  /** The number of a value, or {@link #UNKNOWN} if it is no argument and no result. */
  public int numberOf(Value value) {
    return values.find(value);
  }

  /** The operation as a model sees it. */
  public Call toCall(int operation) {
    int known = result[operation];
    return new Call(
        functionName(function[operation]),
        value(argument[operation]),
        known == UNKNOWN ? Optional.empty() : Optional.of(value(known)));
  }

  /** The operation for people, and which it is: {@code write 3 (row 12)}. */
  public String named(int operation) {
    String call = toCall(operation).toString().replace(" -> ?", "");
    return "%s (row %d%s)"
        .formatted(
            call.length() > LONGEST_NAME ? call.substring(0, LONGEST_NAME) + "…" : call,
            row[operation],
            returned[operation] == NEVER ? ", outcome unknown" : "");
  }

  /** Collects operations in order of invocation. Not thread-safe. */
  public static final class Builder {
    private final Value key;
    private final Map<String, Integer> functions = new LinkedHashMap<>();
    private final ValueTable values;
    private int size;
    private int[] row = {};
    private long[] called = {};
    private long[] returned = {};
    private int[] function = {};
    private int[] argument = {};
    private int[] result = {};

    public Builder(Value key) {
      this(key, 16);
    }

    /**
     * A builder with room from the start.
     *
     * @param expected how many operations there will be, about; at least 1
     */
    public Builder(Value key, int expected) {
      this.key = key;
      values = new ValueTable(expected);
      grow(expected);
    }

    /**
     * Adds an operation.
     *
     * @param historyRow its row in the whole history
     * @param callIndex index of its invocation, greater than that of the operation added before
     * @param returnIndex index of its completion, {@link Long#MAX_VALUE} if its outcome is unknown
     * @throws IllegalArgumentException if the indexes are out of order
     */
    public Builder add(int historyRow, long callIndex, long returnIndex, Call operation) {
      return add(
          historyRow,
          callIndex,
          returnIndex,
          functionNumber(operation.function()),
          number(operation.argument()),
          operation.result().map(this::number).orElse(UNKNOWN));
    }

    /**
     * Adds an operation by the numbers of its function, argument and result (or {@link #UNKNOWN}).
     *
     * @throws IllegalArgumentException if the indexes are out of order
     */
    public Builder add(
        int historyRow,
        long callIndex,
        long returnIndex,
        int functionNumber,
        int argumentNumber,
        int resultNumber) {
      if (returnIndex <= callIndex || (size > 0 && callIndex <= called[size - 1])) {
        throw new IllegalArgumentException(
            "operation in row " + historyRow + " is out of order: its events are out of sequence");
      }
      if (size == row.length) {
        grow(size * 2);
      }
      row[size] = historyRow;
      called[size] = callIndex;
      returned[size] = returnIndex;
      function[size] = functionNumber;
      argument[size] = argumentNumber;
      result[size] = resultNumber;
      size++;
      return this;
    }

    /** The number of a function, new if it was not named before. */
    public int functionNumber(String name) {
      Integer next = functions.size();
      Integer before = functions.putIfAbsent(name, next);
      return before == null ? next : before;
    }

    /** The number of a value, new if it was not given before. */
    public int number(Value value) {
      return values.numberOf(value);
    }

    /** The same for {@link Value.Int}, without an object. */
    public int number(long value) {
      return values.numberOf(value);
    }

    /** The same for a {@link Value.Sequence} of two numbers, without an object. */
    public int numberOfPair(int first, int second) {
      return values.numberOfPair(first, second);
    }

    private void grow(int capacity) {
      row = Arrays.copyOf(row, capacity);
      called = Arrays.copyOf(called, capacity);
      returned = Arrays.copyOf(returned, capacity);
      function = Arrays.copyOf(function, capacity);
      argument = Arrays.copyOf(argument, capacity);
      result = Arrays.copyOf(result, capacity);
    }

    /** The history of all operations added; the builder is of no use afterwards. */
    public ObjectHistory build() {
      return build(LimitPoll.none());
    }

    /**
     * The same within limits.
     *
     * @throws SearchEndedException if one is met
     */
    public ObjectHistory build(LimitPoll poll) {
      return new ObjectHistory(this, poll);
    }
  }
}
