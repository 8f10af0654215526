package io.shardquake.checkers.clojure;

import clojure.lang.Keyword;
import clojure.lang.RT;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A history as Clojure has it: operation maps, any number of them, of which an invocation and its
 * completion belong together. As in Knossos, processes may be anything; info operations of a
 * process that invoked nothing, such as the nemesis's, mean nothing; and a process may act again
 * after an info operation.
 */
final class ClojureHistory {
  private static final Keyword PROCESS = Keyword.intern("process");
  private static final Keyword TYPE = Keyword.intern("type");
  private static final Keyword FUNCTION = Keyword.intern("f");
  private static final Keyword VALUE = Keyword.intern("value");
  private static final Keyword CRASHED = Keyword.intern("crashed?");

  /** What became of an operation that is not known to have failed. */
  static final class Entry {
    /** The {@link #returned} of an operation of which nobody knows the outcome. */
    static final long NEVER = Long.MAX_VALUE;

    private final Object invocation;
    private final long called;
    private Optional<Object> completion = Optional.empty();
    private long returned = NEVER;
    private boolean failed;

    private Entry(Object invocation, long called) {
      this.invocation = invocation;
      this.called = called;
    }

    /** Position of the invocation among all events. */
    long called() {
      return called;
    }

    /** Position of the completion among all events, or {@link #NEVER}. */
    long returned() {
      return returned;
    }

    boolean isOk() {
      return returned != NEVER;
    }

    String function() {
      Object function = RT.get(invocation, FUNCTION);
      return function instanceof Keyword keyword
          ? keyword.sym.toString()
          : String.valueOf(function);
    }

    /** What the operation is to a model: its result if it has one, else its argument. */
    @Nullable Object value() {
      return RT.get(isOk() ? completion.orElse(invocation) : invocation, VALUE);
    }

    /** What a model is given. */
    Object operation() {
      Object function = RT.get(invocation, FUNCTION);
      return isOk()
          ? RT.map(FUNCTION, function, VALUE, value())
          : RT.map(FUNCTION, function, VALUE, value(), CRASHED, true);
    }

    /** The completion, or the invocation of an operation that has none. */
    Object lastEvent() {
      return completion.orElse(invocation);
    }

    /** The invocation as it would be if the result had been known, as Knossos completes it. */
    Object completedInvocation() {
      return RT.assoc(invocation, VALUE, value());
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private final Map<Equivalent, Entry> open = new HashMap<>();
  private long events;

  private ClojureHistory() {}

  /**
   * Pairs the operations.
   *
   * @param operations anything that Clojure can make a sequence of
   * @throws IllegalArgumentException if they are not such as can follow each other
   */
  static ClojureHistory of(@Nullable Object operations) {
    ClojureHistory history = new ClojureHistory();
    Iterator<?> iterator = RT.iter(operations);
    while (iterator.hasNext()) {
      history.add(iterator.next());
    }
    history.entries.removeIf(entry -> entry.failed);
    return history;
  }

  /** The operations that did not fail, in order of invocation. */
  List<Entry> entries() {
    return entries;
  }

  private void add(Object op) {
    Object type = RT.get(op, TYPE);
    Equivalent process = new Equivalent(RT.get(op, PROCESS));
    long at = events++;
    switch (type instanceof Keyword keyword ? keyword.getName() : "") {
      case "invoke" -> invoke(process, new Entry(op, at));
      case "ok" -> complete(process, op).returned = at;
      case "fail" -> complete(process, op).failed = true;
      case "info" -> {
        Entry entry = open.remove(process);
        if (entry != null) {
          entry.completion = Optional.of(op);
        }
      }
      default ->
          throw new IllegalArgumentException(
              ":type is not :invoke, :ok, :fail or :info in " + RT.printString(op));
    }
  }

  private void invoke(Equivalent process, Entry entry) {
    Entry before = open.putIfAbsent(process, entry);
    if (before != null) {
      throw new IllegalArgumentException(
          "process "
              + RT.printString(process.value())
              + " invokes "
              + RT.printString(entry.invocation)
              + " while its last operation is open: "
              + RT.printString(before.invocation));
    }
    entries.add(entry);
  }

  private Entry complete(Equivalent process, Object op) {
    Entry entry = open.remove(process);
    if (entry == null) {
      throw new IllegalArgumentException(
          "process "
              + RT.printString(process.value())
              + " completes what it did not invoke: "
              + RT.printString(op));
    }
    entry.completion = Optional.of(op);
    return entry;
  }
}
