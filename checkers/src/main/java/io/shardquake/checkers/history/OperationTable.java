package io.shardquake.checkers.history;

import java.util.stream.Stream;

/**
 * Operations in columns, one row each, in order of invocation, and the rules by which events may
 * follow each other. Not thread-safe while it is written; afterwards it is only read.
 *
 * <p>Most numbers of a row lie close to those of its neighbours, and completions follow soon on
 * their invocations, so a row of a register history takes about 16 bytes.
 */
final class OperationTable {
  final Dictionary<String> functions = new Dictionary<>();
  final Dictionary<Value> keys = new Dictionary<>();
  final Dictionary<String> errors = new Dictionary<>();
  final Dictionary<Attribution> attributions = new Dictionary<>();

  final ValueColumn arguments = new ValueColumn();
  final ValueColumn results = new ValueColumn();

  private static final int OK = 0;
  private static final int FAIL = 1;
  private static final int INFO = 2;
  private static final int OPEN = 3;

  private final Column invocationIndexes = new Column();
  private final Column invocationTimes = new Column();

  /** From invocation to completion, in indexes. */
  private final Column spans = new Column();

  /** From invocation to completion, in nanoseconds. */
  private final Column durations = new Column();

  private final Column processes = new Column();
  private final Column functionIds = new Column();
  private final Column keyIds = new Column();
  private final Column types = new Column();
  private final Column errorIds = new Column();
  private final Column attributionIds = new Column();

  private final int noAttribution = attributions.intern(Attribution.NONE);
  private final int noError = errors.intern("");

  private final ProcessTable open = new ProcessTable();
  private int size;
  private long lastIndex = -1;
  private long lastTime;

  int size() {
    return size;
  }

  /**
   * Appends an operation without argument.
   *
   * @return its row, whose argument the caller is to set
   * @throws IllegalArgumentException if the event may not come here
   */
  int invoke(long index, long timeNanos, int process, int function, int key) {
    if (process < 0) {
      throw new IllegalArgumentException("process " + process + " is negative");
    }
    int state = open.state(process);
    if (state >= 0) {
      throw new IllegalArgumentException(
          "process " + process + " invokes while its last operation is open");
    }
    if (state == ProcessTable.RETIRED) {
      throw new IllegalArgumentException(
          "process " + process + " invokes after its last operation ended as info");
    }
    follow(index, timeNanos);
    int row = size++;
    invocationIndexes.set(row, index);
    invocationTimes.set(row, timeNanos);
    processes.set(row, process);
    functionIds.set(row, function);
    keyIds.set(row, key);
    types.set(row, OPEN);
    open.set(process, row);
    return row;
  }

  /**
   * Ends the open operation of {@code process}.
   *
   * @return its row, whose result or error the caller is to set
   * @throws IllegalArgumentException if the event may not come here
   */
  int complete(long index, long timeNanos, int process, Completion.Type type, int attribution) {
    int row = open.state(process);
    if (row < 0) {
      throw new IllegalArgumentException(
          "process " + process + " completes what it did not invoke");
    }
    if (timeNanos < invocationTimes.get(row)) {
      throw new IllegalArgumentException(
          "process " + process + " completes at a time before it invoked");
    }
    follow(index, timeNanos);
    spans.set(row, index - invocationIndexes.get(row));
    durations.set(row, timeNanos - invocationTimes.get(row));
    attributionIds.set(row, attribution);
    types.set(row, code(type));
    open.set(process, type == Completion.Type.INFO ? ProcessTable.RETIRED : ProcessTable.IDLE);
    return row;
  }

  /** Packs everything: there is nothing more to come. */
  void pack() {
    Stream.of(
            invocationIndexes,
            invocationTimes,
            spans,
            durations,
            processes,
            functionIds,
            keyIds,
            types,
            errorIds,
            attributionIds)
        .forEach(Column::pack);
    arguments.pack();
    results.pack();
  }

  /** The row of the open operation of {@code process}, or a negative number. */
  int openRow(int process) {
    return open.state(process);
  }

  void setError(int row, int error) {
    errorIds.set(row, error);
  }

  /** The number of {@link Attribution#NONE}. */
  int noAttribution() {
    return noAttribution;
  }

  /** The number of the empty error. */
  int noError() {
    return noError;
  }

  long invocationIndex(int row) {
    return invocationIndexes.get(row);
  }

  long invocationTime(int row) {
    return invocationTimes.get(row);
  }

  long completionIndex(int row) {
    return invocationIndexes.get(row) + spans.get(row);
  }

  long completionTime(int row) {
    return invocationTimes.get(row) + durations.get(row);
  }

  int process(int row) {
    return (int) processes.get(row);
  }

  int function(int row) {
    return (int) functionIds.get(row);
  }

  int key(int row) {
    return (int) keyIds.get(row);
  }

  boolean isOpen(int row) {
    return types.get(row) == OPEN;
  }

  Completion.Type type(int row) {
    return switch ((int) types.get(row)) {
      case OK -> Completion.Type.OK;
      case FAIL -> Completion.Type.FAIL;
      default -> Completion.Type.INFO;
    };
  }

  String error(int row) {
    return errors.get((int) errorIds.get(row));
  }

  Attribution attribution(int row) {
    return attributions.get((int) attributionIds.get(row));
  }

  private static int code(Completion.Type type) {
    return switch (type) {
      case OK -> OK;
      case FAIL -> FAIL;
      case INFO -> INFO;
    };
  }

  /** The index of the last event, or -1. */
  long lastIndex() {
    return lastIndex;
  }

  /** The time of the last event, or 0. */
  long lastTime() {
    return lastTime;
  }

  private void follow(long index, long timeNanos) {
    if (index <= lastIndex) {
      throw new IllegalArgumentException("index " + index + " does not follow index " + lastIndex);
    }
    lastIndex = index;
    lastTime = timeNanos;
  }
}
