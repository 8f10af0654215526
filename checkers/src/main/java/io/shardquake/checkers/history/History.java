package io.shardquake.checkers.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All operations of one run in order of invocation. Immutable, safe for use by many threads. */
public final class History implements Iterable<Operation> {
  private final List<Operation> operations;

  private History(List<Operation> operations) {
    this.operations = List.copyOf(operations);
  }

  /** Number of operations. */
  public int size() {
    return operations.size();
  }

  /** The operation that was invoked as {@code row}-th, from 0. */
  public Operation get(int row) {
    return operations.get(row);
  }

  @Override
  public Iterator<Operation> iterator() {
    return operations.iterator();
  }

  /** Collects events in their order. Not thread-safe. */
  public static final class Builder {
    private final List<Operation> operations = new ArrayList<>();
    private final Map<Integer, Integer> open = new HashMap<>();

    /**
     * Adds an invocation.
     *
     * @throws IllegalArgumentException if its process has an operation open
     */
    public Builder invoke(Invocation invocation) {
      if (open.putIfAbsent(invocation.process(), operations.size()) != null) {
        throw new IllegalArgumentException(
            "process " + invocation.process() + " invokes while its last operation is open");
      }
      operations.add(new Operation(invocation, Optional.empty()));
      return this;
    }

    /**
     * Adds the completion of a process's open operation.
     *
     * @throws IllegalArgumentException if it has none
     */
    public Builder complete(int process, Completion completion) {
      Integer row = open.remove(process);
      if (row == null) {
        throw new IllegalArgumentException(
            "process " + process + " completes what it did not invoke");
      }
      operations.set(row, new Operation(operations.get(row).invocation(), Optional.of(completion)));
      return this;
    }

    public History build() {
      return new History(operations);
    }
  }
}
