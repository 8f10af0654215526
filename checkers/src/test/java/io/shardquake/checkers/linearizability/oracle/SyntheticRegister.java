package io.shardquake.checkers.linearizability.oracle;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.model.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Large histories of a compare-and-set register, linearizable by construction: each operation takes
 * effect at one instant while it is open. A third each are reads, writes and compare-and-sets;
 * those that miss fail and are left out. An operation of unknown outcome takes effect in half of
 * the cases. The same shape and seed give the same history.
 */
public final class SyntheticRegister {
  /**
   * What to make.
   *
   * @param operations how many operations are started
   * @param clients how many at once
   * @param infoPercent how many of a hundred end with unknown outcome
   * @param values how many different values are written; 0 if every write has its own
   * @param valid whether a linearization exists; else one read near the end returns a value that
   *     was overwritten before
   */
  public record Shape(int operations, int clients, int infoPercent, int values, boolean valid) {}

  private enum Kind {
    INVOKE,
    APPLY,
    RETURN
  }

  private record Event(double time, int sequence, Kind kind, int operation) {}

  private static final class Operation {
    private final Call call;
    private final boolean abandoned;
    private final long called;
    private long returned = Long.MAX_VALUE;
    private Optional<Value> result = Optional.empty();
    private boolean missed;

    Operation(Call call, boolean abandoned, long called) {
      this.call = call;
      this.abandoned = abandoned;
      this.called = called;
    }

    boolean isOk() {
      return returned != Long.MAX_VALUE && !missed;
    }
  }

  private final Shape shape;
  private final SplittableRandom random;
  private final PriorityQueue<Event> agenda =
      new PriorityQueue<>(
          (a, b) ->
              a.time != b.time
                  ? Double.compare(a.time, b.time)
                  : Integer.compare(a.sequence, b.sequence));
  private final List<Operation> operations = new ArrayList<>();
  private Value held = Value.nil();
  private long nextValue = 1;
  private long index;
  private int sequence;

  private SyntheticRegister(Shape shape, long seed) {
    this.shape = shape;
    this.random = new SplittableRandom(seed);
  }

  /** Makes the history; the register starts at nil. */
  public static ObjectHistory generate(Shape shape, long seed) {
    SyntheticRegister register = new SyntheticRegister(shape, seed);
    register.run();
    if (!shape.valid()) {
      register.corrupt();
    }
    return register.history();
  }

  private void run() {
    for (int client = 0; client < shape.clients(); client++) {
      schedule(exponential(0.25), Kind.INVOKE, 0);
    }
    while (!agenda.isEmpty()) {
      Event event = agenda.remove();
      switch (event.kind) {
        case INVOKE -> invoke(event.time);
        case APPLY -> apply(operations.get(event.operation));
        case RETURN -> end(event.time, operations.get(event.operation));
      }
    }
  }

  private void schedule(double time, Kind kind, int operation) {
    agenda.add(new Event(time, sequence++, kind, operation));
  }

  private double exponential(double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }

  private void invoke(double now) {
    if (operations.size() == shape.operations()) {
      return;
    }
    boolean abandoned = random.nextInt(100) < shape.infoPercent();
    double latency = abandoned ? 5 : 0.1 + Math.min(exponential(1), 10);
    int number = operations.size();
    operations.add(new Operation(call(), abandoned, index++));
    if (!abandoned || random.nextBoolean()) {
      schedule(now + random.nextDouble() * latency, Kind.APPLY, number);
    }
    schedule(now + latency, Kind.RETURN, number);
  }

  private Call call() {
    return switch (random.nextInt(3)) {
      case 0 -> new Call("read", Value.nil(), Optional.empty());
      case 1 -> new Call("write", value(), Optional.empty());
      default -> {
        Value expected = shape.values() == 0 ? held : value();
        yield new Call("cas", Value.pair(expected, value()), Optional.empty());
      }
    };
  }

  private Value value() {
    return Value.of(shape.values() == 0 ? nextValue++ : random.nextInt(shape.values()));
  }

  private void apply(Operation operation) {
    operation.result = Optional.of(held);
    if (operation.call.function().equals("write")) {
      held = operation.call.argument();
      operation.result = Optional.of(held);
    } else if (operation.call.function().equals("cas")) {
      List<Value> pair = ((Value.Sequence) operation.call.argument()).items();
      operation.missed = !pair.get(0).equals(held);
      held = operation.missed ? held : pair.get(1);
      operation.result = Optional.of(operation.call.argument());
    }
  }

  private void end(double now, Operation operation) {
    if (!operation.abandoned && !operation.missed) {
      operation.returned = index++;
    }
    schedule(now + exponential(0.25), Kind.INVOKE, 0);
  }

  /**
   * Lets a read in the last quarter return a value whose only writer returned before another write
   * was called that in turn returned before the read was called.
   */
  private void corrupt() {
    int from = operations.size() * 3 / 4;
    for (Operation read : operations.subList(from, operations.size())) {
      if (read.isOk() && read.call.function().equals("read")) {
        Optional<Value> stale = staleFor(read);
        if (stale.isPresent()) {
          read.result = stale;
          return;
        }
      }
    }
    throw new IllegalStateException("no read to corrupt in " + shape);
  }

  private Optional<Value> staleFor(Operation read) {
    List<Operation> before =
        operations.stream()
            .filter(one -> one.isOk() && one.call.function().equals("write"))
            .filter(one -> one.returned < read.called)
            .toList();
    if (before.isEmpty()) {
      return Optional.empty();
    }
    Operation overwriter = before.get(before.size() - 1);
    return before.stream()
        .filter(one -> one.returned < overwriter.called)
        .reduce((one, other) -> other)
        .map(one -> one.call.argument())
        .filter(
            value -> operations.stream().noneMatch(one -> mayWrite(one, value, overwriter, read)));
  }

  /**
   * Whether the operation might have written the value after the overwriter and before the read.
   */
  private static boolean mayWrite(
      Operation operation, Value value, Operation overwriter, Operation read) {
    boolean writes =
        switch (operation.call.function()) {
          case "write" -> operation.call.argument().equals(value);
          case "cas" -> ((Value.Sequence) operation.call.argument()).items().get(1).equals(value);
          default -> false;
        };
    return writes
        && !operation.missed
        && operation.returned > overwriter.called
        && operation.called < read.returned;
  }

  private ObjectHistory history() {
    ObjectHistory.Builder builder = new ObjectHistory.Builder(Value.nil());
    for (int row = 0; row < operations.size(); row++) {
      Operation one = operations.get(row);
      if (!one.missed || one.abandoned) {
        boolean ok = one.isOk();
        builder.add(
            row,
            one.called,
            ok ? one.returned : Long.MAX_VALUE,
            new Call(one.call.function(), one.call.argument(), ok ? one.result : Optional.empty()));
      }
    }
    return builder.build();
  }
}
