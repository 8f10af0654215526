package io.shardquake.checkers.durability;

import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.LinearizabilityCheck;
import io.shardquake.checkers.linearizability.LinearizabilityOptions;
import io.shardquake.checkers.linearizability.model.Models;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The operations on one register that were carried out by owners of its slot between two failovers:
 * all of them on one copy of the data, which must be linearizable by itself. Not thread-safe.
 */
final class Lineage {
  private static final String READ = "read";
  private static final int PREFIX = -1;
  private static final Comparator<Value> BY_TEXT = Comparator.comparing(Value::toString);

  private final History history;

  /** Operations that happened here. */
  private final List<Integer> done;

  /** Operations that may have happened here. */
  private final List<Integer> open;

  private Optional<List<Value>> written = Optional.empty();
  private Optional<List<Value>> inherited = Optional.empty();
  private Optional<List<Long>> acknowledgements = Optional.empty();

  Lineage(History history, List<Integer> done, List<Integer> open) {
    this.history = history;
    this.done = List.copyOf(done);
    this.open = List.copyOf(open);
  }

  /** The updates that happened here. */
  List<Integer> updates() {
    return done.stream().filter(row -> !isRead(row)).toList();
  }

  /** What may have been written here, the latest first. */
  List<Value> written() {
    List<Value> known = written.orElseGet(this::findWritten);
    written = Optional.of(known);
    return known;
  }

  private List<Value> findWritten() {
    List<Integer> rows =
        Stream.concat(done.stream(), open.stream())
            .filter(row -> !isRead(row))
            .sorted(Comparator.reverseOrder())
            .toList();
    return rows.stream().map(this::writtenBy).distinct().toList();
  }

  /** The values seen here that were certainly not written here. */
  List<Value> inherited() {
    List<Value> known = inherited.orElseGet(this::findInherited);
    inherited = Optional.of(known);
    return known;
  }

  private List<Value> findInherited() {
    Set<Value> own = new TreeSet<>(BY_TEXT);
    own.addAll(written());
    return done.stream()
        .flatMap(row -> seenBy(row).stream())
        .filter(value -> !own.contains(value))
        .distinct()
        .toList();
  }

  /** The operation that certainly wrote the value here. */
  OptionalInt writer(Value value) {
    return updates().stream()
        .filter(row -> writtenBy(row).equals(value))
        .mapToInt(row -> row)
        .findFirst();
  }

  /** Whether there is a linearization that starts from the value. */
  boolean isLinearizableFrom(Value initial) {
    return judge(initial, events(), Value.nil());
  }

  /**
   * Whether there is a linearization from {@code initial} of which a prefix leaves {@code left},
   * holds everything that was acknowledged before {@code after}, and nothing invoked later than
   * {@code before}. Asked as a read of {@code left} that lasts from the one time to the other: what
   * is linearized before that read is the prefix.
   */
  boolean canLeave(Value initial, Value left, long after, long before) {
    List<Event> events = new ArrayList<>(events());
    events.add(new Event(after, Long.MIN_VALUE, PREFIX, true));
    events.add(new Event(before, Long.MAX_VALUE, PREFIX, false));
    return judge(initial, events, left);
  }

  /** The times at which operations began or ended here, ascending, each once. */
  List<Long> times() {
    return events().stream().map(Event::time).distinct().sorted().toList();
  }

  /** The times at which updates were acknowledged here, ascending. */
  List<Long> acknowledgements() {
    List<Long> known =
        acknowledgements.orElseGet(
            () -> updates().stream().map(history::completionTimeNanos).sorted().toList());
    acknowledgements = Optional.of(known);
    return known;
  }

  private boolean isRead(int row) {
    return history.functionName(history.function(row)).equals(READ);
  }

  private Value writtenBy(int row) {
    Value argument = history.argument(row);
    return argument instanceof Value.Sequence pair && pair.items().size() == 2
        ? pair.items().get(1)
        : argument;
  }

  private List<Value> seenBy(int row) {
    if (isRead(row)) {
      return List.of(history.result(row));
    }
    return history.argument(row) instanceof Value.Sequence pair && pair.items().size() == 2
        ? List.of(pair.items().get(0))
        : List.of();
  }

  /** One end of an operation; {@link #PREFIX} stands for the read that asks for the prefix. */
  private record Event(long time, long index, int row, boolean invocation) {}

  private List<Event> events() {
    List<Event> events = new ArrayList<>();
    for (int row : done) {
      events.add(
          new Event(history.invocationTimeNanos(row), history.invocationIndex(row), row, true));
      events.add(
          new Event(history.completionTimeNanos(row), history.completionIndex(row), row, false));
    }
    for (int row : open) {
      events.add(
          new Event(history.invocationTimeNanos(row), history.invocationIndex(row), row, true));
    }
    return events;
  }

  private Invocation invocation(Event event, long index, int process) {
    int row = event.row();
    return row == PREFIX
        ? new Invocation(index, event.time(), process, READ, Value.nil(), Value.nil())
        : new Invocation(
            index,
            event.time(),
            process,
            history.functionName(history.function(row)),
            Value.nil(),
            history.argument(row));
  }

  private boolean judge(Value initial, List<Event> events, Value left) {
    List<Event> ordered =
        events.stream()
            .sorted(Comparator.comparingLong(Event::time).thenComparingLong(Event::index))
            .toList();
    Map<Integer, Integer> processes = new LinkedHashMap<>();
    History.Builder part = new History.Builder();
    long index = 0;
    for (Event event : ordered) {
      int process = processes.computeIfAbsent(event.row(), row -> processes.size());
      if (event.invocation()) {
        part.invoke(invocation(event, index, process));
      } else {
        Value result = event.row() == PREFIX ? left : history.result(event.row());
        part.complete(process, new Completion.Ok(index, event.time(), result, Attribution.NONE));
      }
      index++;
    }
    if (ordered.isEmpty()) {
      return true;
    }
    LinearizabilityOptions options =
        LinearizabilityOptions.of(Models.casRegister(initial)).withThreads(1);
    return switch (LinearizabilityCheck.run(part.build(), options).validity()) {
      case VALID -> true;
      case INVALID -> false;
      case UNKNOWN -> throw new UndecidedException("a register's search did not end");
    };
  }
}
