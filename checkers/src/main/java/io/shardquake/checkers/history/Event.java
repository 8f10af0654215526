package io.shardquake.checkers.history;

/**
 * One event on its way from a line to the columns, reused from line to line so that reading makes
 * no objects.
 */
final class Event {
  /** The {@link #index} or {@link #timeNanos} of an event that does not tell. */
  static final long UNKNOWN = -1;

  /** The {@link #function} or {@link #key} of a completion that leaves it to its invocation. */
  static final int SAME = -1;

  /** How the event begins or ends its operation. */
  enum Type {
    INVOKE,
    OK,
    FAIL,
    INFO
  }

  long index;
  long timeNanos;
  int process;
  Type type = Type.INVOKE;
  int function;
  int key;
  Shape shape = Shape.NIL;
  long number;
  int second;
  Value other = Value.nil();
  int attribution;
  int error;

  void setNil() {
    shape = Shape.NIL;
  }

  void setNumber(long value) {
    shape = Shape.INT;
    number = value;
  }

  void setPair(int first, int second) {
    shape = Shape.PAIR;
    this.number = first;
    this.second = second;
  }

  /** Sets a value of any shape. */
  void setOther(Value value) {
    shape = Shape.OTHER;
    other = value;
  }

  /**
   * Adds the event to the operations.
   *
   * @throws IllegalArgumentException if it may not come here
   */
  void addTo(OperationTable table) {
    long at = index == UNKNOWN ? table.lastIndex() + 1 : index;
    long time = timeNanos == UNKNOWN ? table.lastTime() : timeNanos;
    switch (type) {
      case INVOKE -> {
        int row = table.invoke(at, time, process, function, key);
        set(table.arguments, row);
      }
      case OK -> {
        int row = complete(table, at, time, Completion.Type.OK);
        set(table.results, row);
      }
      case FAIL -> table.setError(complete(table, at, time, Completion.Type.FAIL), error);
      case INFO -> table.setError(complete(table, at, time, Completion.Type.INFO), error);
    }
  }

  private int complete(OperationTable table, long at, long time, Completion.Type ending) {
    int row = table.openRow(process);
    if (row >= 0 && function != SAME && function != table.function(row)) {
      throw new IllegalArgumentException(
          "process "
              + process
              + " completes \""
              + table.functions.get(function)
              + "\" while its open operation is \""
              + table.functions.get(table.function(row))
              + '"');
    }
    if (row >= 0 && key != SAME && key != table.key(row)) {
      throw new IllegalArgumentException(
          "process "
              + process
              + " completes an operation on "
              + table.keys.get(key)
              + " while its open one is on "
              + table.keys.get(table.key(row)));
    }
    return table.complete(at, time, process, ending, attribution);
  }

  private void set(ValueColumn column, int row) {
    switch (shape) {
      case NIL -> column.setNil(row);
      case INT -> column.setLong(row, number);
      case PAIR -> column.setPair(row, number, second);
      case OTHER -> column.set(row, other);
    }
  }
}
