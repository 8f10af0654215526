package io.shardquake.checkers.history;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * All operations of one run in order of invocation. Immutable, safe for use by many threads.
 *
 * <p>Held in columns: {@link #get} makes an object for each call, while the accessors that take a
 * row read numbers from arrays and make nothing, except where they say so. Rows run from 0 to
 * {@link #size()} - 1; any other is an {@link IndexOutOfBoundsException}.
 */
public final class History implements Iterable<Operation> {
  /** The {@link #completionIndex} of an operation that never completed: after every other. */
  public static final long NEVER = Long.MAX_VALUE;

  private final OperationTable table;
  private final RowsByKey byKey;
  private final int size;

  private History(OperationTable table) {
    this.table = table;
    this.size = table.size();
    this.byKey = RowsByKey.of(table);
  }

  /** Number of operations. */
  public int size() {
    return size;
  }

  /** The operation that was invoked as {@code row}-th, from 0, as a new object. */
  public Operation get(int row) {
    return new Operation(
        new Invocation(
            invocationIndex(row),
            invocationTimeNanos(row),
            process(row),
            functionName(function(row)),
            keyValue(key(row)),
            argument(row)),
        completion(row));
  }

  @Override
  public Iterator<Operation> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size;
      }

      @Override
      public Operation next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the history has " + size + " operations");
        }
        return get(next++);
      }
    };
  }

  /**
   * The history of some of the operations, with the indexes that they have here: this one itself if
   * all are wanted.
   */
  public History where(IntPredicate wanted) {
    int[] rows = IntStream.range(0, size).filter(wanted).toArray();
    return rows.length == size ? this : new Excerpt(this, rows).history();
  }

  /** See {@link Invocation#index()}. Grows with the row. */
  public long invocationIndex(int row) {
    return table.invocationIndex(check(row));
  }

  /** See {@link Invocation#timeNanos()}. */
  public long invocationTimeNanos(int row) {
    return table.invocationTime(check(row));
  }

  /** See {@link Completion#index()}; {@link #NEVER} if it never completed. */
  public long completionIndex(int row) {
    return isCompleted(row) ? table.completionIndex(row) : NEVER;
  }

  /** See {@link Completion#timeNanos()}; {@link #NEVER} if it never completed. */
  public long completionTimeNanos(int row) {
    return isCompleted(row) ? table.completionTime(row) : NEVER;
  }

  /** See {@link Invocation#process()}. */
  public int process(int row) {
    return table.process(check(row));
  }

  /** Whether its completion was recorded, whichever it was. */
  public boolean isCompleted(int row) {
    return !table.isOpen(check(row));
  }

  /** How it ended; {@link Completion.Type#INFO} if it never completed. */
  public Completion.Type type(int row) {
    return table.type(check(row));
  }

  /** Number of its function, below {@link #functionCount()}. */
  public int function(int row) {
    return table.function(check(row));
  }

  /** How many functions occur. */
  public int functionCount() {
    return table.functions.size();
  }

  /** The name of the function with this number. */
  public String functionName(int function) {
    return table.functions.get(function);
  }

  /** The number of the function with this name; empty if it does not occur. */
  public OptionalInt functionNumber(String name) {
    return number(table.functions.find(name));
  }

  /** Number of its key, below {@link #keyCount()}. Keys are numbered as they first occur. */
  public int key(int row) {
    return table.key(check(row));
  }

  /** How many keys occur. */
  public int keyCount() {
    return table.keys.size();
  }

  /** The key with this number. */
  public Value keyValue(int key) {
    return table.keys.get(key);
  }

  /** The number of this key; empty if it does not occur. */
  public OptionalInt keyNumber(Value key) {
    return number(table.keys.find(key));
  }

  /** The rows of one key in their order, without copying. */
  public Rows rowsOfKey(int key) {
    return byKey.rows(key);
  }

  /** Its argument. Makes an object unless its shape is {@link Shape#OTHER}. */
  public Value argument(int row) {
    return table.arguments.get(check(row));
  }

  /** The shape of its argument. */
  public Shape argumentShape(int row) {
    return table.arguments.shape(check(row));
  }

  /** Its argument, if that has shape {@link Shape#INT}; must not be asked for otherwise. */
  public long argumentNumber(int row) {
    return table.arguments.number(check(row));
  }

  /**
   * The first of its argument, if that has shape {@link Shape#PAIR}; must not be asked for
   * otherwise.
   */
  public int argumentFirst(int row) {
    return table.arguments.first(check(row));
  }

  /**
   * The second of its argument, if that has shape {@link Shape#PAIR}; must not be asked for
   * otherwise.
   */
  public int argumentSecond(int row) {
    return table.arguments.second(check(row));
  }

  /** Its result; nil unless it ended Ok. Makes an object unless its shape is OTHER. */
  public Value result(int row) {
    return type(row) == Completion.Type.OK ? table.results.get(row) : Value.nil();
  }

  /** The shape of its result; {@link Shape#NIL} unless it ended Ok. */
  public Shape resultShape(int row) {
    return type(row) == Completion.Type.OK ? table.results.shape(row) : Shape.NIL;
  }

  /** Its result, if that has shape {@link Shape#INT}; must not be asked for otherwise. */
  public long resultNumber(int row) {
    return table.results.number(check(row));
  }

  /**
   * The first of its result, if that has shape {@link Shape#PAIR}; must not be asked for otherwise.
   */
  public int resultFirst(int row) {
    return table.results.first(check(row));
  }

  /**
   * The second of its result, if that has shape {@link Shape#PAIR}; must not be asked for
   * otherwise.
   */
  public int resultSecond(int row) {
    return table.results.second(check(row));
  }

  /** Its error; empty if it ended Ok or never completed. */
  public String error(int row) {
    return !isCompleted(row) || type(row) == Completion.Type.OK ? "" : table.error(row);
  }

  /** Where it went; {@link Attribution#NONE} if it never completed. */
  public Attribution attribution(int row) {
    return isCompleted(row) ? table.attribution(row) : Attribution.NONE;
  }

  private Optional<Completion> completion(int row) {
    if (!isCompleted(row)) {
      return Optional.empty();
    }
    long index = completionIndex(row);
    long time = completionTimeNanos(row);
    return Optional.of(
        switch (type(row)) {
          case OK -> new Completion.Ok(index, time, result(row), attribution(row));
          case FAIL -> new Completion.Fail(index, time, error(row), attribution(row));
          case INFO -> new Completion.Info(index, time, error(row), attribution(row));
        });
  }

  private int check(int row) {
    if (row < 0 || row >= size) {
      throw new IndexOutOfBoundsException("row " + row + " of " + size);
    }
    return row;
  }

  private static OptionalInt number(int id) {
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /**
   * Collects events in their order: their indexes must grow. Not thread-safe, and of no use after
   * {@link #build()}.
   */
  public static final class Builder {
    private final OperationTable table = new OperationTable();
    private boolean built;

    /**
     * Adds an invocation.
     *
     * @throws IllegalArgumentException if its process is negative, has an operation open, or ended
     *     its last one as Info (a process of which nobody knows whether it still acts is retired),
     *     or if its index is not greater than that of the event before
     */
    public Builder invoke(Invocation invocation) {
      requireUnbuilt();
      int row =
          table.invoke(
              invocation.index(),
              invocation.timeNanos(),
              invocation.process(),
              table.functions.intern(invocation.function()),
              table.keys.intern(invocation.key()));
      table.arguments.set(row, invocation.value());
      return this;
    }

    /**
     * Adds the completion of a process's open operation.
     *
     * @throws IllegalArgumentException if it has none, if its time lies before the invocation's, or
     *     if its index is not greater than that of the event before
     */
    public Builder complete(int process, Completion completion) {
      requireUnbuilt();
      int row =
          table.complete(
              completion.index(),
              completion.timeNanos(),
              process,
              completion.type(),
              table.attributions.intern(completion.attribution()));
      switch (completion.type()) {
        case OK -> table.results.set(row, ((Completion.Ok) completion).value());
        case FAIL ->
            table.setError(row, table.errors.intern(((Completion.Fail) completion).error()));
        case INFO ->
            table.setError(row, table.errors.intern(((Completion.Info) completion).error()));
      }
      return this;
    }

    /**
     * The history of all events added.
     *
     * @throws IllegalStateException if called twice
     */
    public History build() {
      requireUnbuilt();
      built = true;
      table.pack();
      return new History(table);
    }

    /** What the events go to, for readers that add numbers instead of objects. */
    OperationTable table() {
      return table;
    }

    private void requireUnbuilt() {
      if (built) {
        throw new IllegalStateException("the history is built already");
      }
    }
  }
}
