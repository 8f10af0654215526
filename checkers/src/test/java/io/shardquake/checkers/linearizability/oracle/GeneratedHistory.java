package io.shardquake.checkers.linearizability.oracle;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.model.Call;
import io.shardquake.checkers.linearizability.model.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A history recorded from a {@link SimulatedObject} that some clients use at once, and then,
 * perhaps, corrupted. An operation may be abandoned at any time, before or after it took effect;
 * one abandoned before may still take effect at any later time.
 *
 * @param model the object in its initial state
 * @param history what its clients recorded
 */
public record GeneratedHistory(Model model, ObjectHistory history) {
  /** How to generate. */
  public record Shape(int operations, int clients, double abandoned, int corruptions) {}

  /** Generates a history; the same randomness gives the same history. */
  public static GeneratedHistory of(SimulatedObject object, Shape shape, RandomGenerator random) {
    Recorder recorder = new Recorder(object, shape, random);
    recorder.run();
    for (int i = 0; i < shape.corruptions(); i++) {
      recorder.corrupt();
    }
    return new GeneratedHistory(object.model(), recorder.history());
  }

  private static final class Recorded {
    private final Call call;
    private double called;
    private double returned = Double.POSITIVE_INFINITY;
    private boolean applied;
    private boolean abandoned;
    private Optional<Value> result = Optional.empty();

    Recorded(Call call, double called) {
      this.call = call;
      this.called = called;
    }

    boolean isCertain() {
      return returned != Double.POSITIVE_INFINITY;
    }
  }

  private static final class Recorder {
    private final SimulatedObject object;
    private final Shape shape;
    private final RandomGenerator random;
    private final List<Recorded> operations = new ArrayList<>();
    private final List<Recorded> open = new ArrayList<>();
    private int started;
    private double now;

    Recorder(SimulatedObject object, Shape shape, RandomGenerator random) {
      this.object = object;
      this.shape = shape;
      this.random = random;
    }

    void run() {
      while (started < shape.operations() || open.stream().anyMatch(one -> !one.abandoned)) {
        now += 1;
        long busy = open.stream().filter(one -> !one.abandoned).count();
        boolean mayStart = started < shape.operations() && busy < shape.clients();
        if (mayStart && (busy == 0 || random.nextInt(3) == 0)) {
          Recorded operation = new Recorded(object.call(random), now);
          started++;
          operations.add(operation);
          open.add(operation);
        } else {
          advance(open.get(random.nextInt(open.size())));
        }
      }
    }

    private void advance(Recorded operation) {
      if (!operation.abandoned && random.nextDouble() < shape.abandoned()) {
        operation.abandoned = true;
        if (operation.applied) {
          open.remove(operation);
        }
      } else if (!operation.applied) {
        apply(operation);
      } else {
        operation.returned = now;
        open.remove(operation);
      }
    }

    private void apply(Recorded operation) {
      operation.applied = true;
      operation.result = object.apply(operation.call, random);
      if (operation.abandoned) {
        open.remove(operation);
      } else if (operation.result.isEmpty()) {
        open.remove(operation);
        operations.remove(operation);
      }
    }

    /** Changes one thing about one operation. */
    void corrupt() {
      List<Recorded> certain = operations.stream().filter(Recorded::isCertain).toList();
      if (certain.isEmpty()) {
        return;
      }
      Recorded one = certain.get(random.nextInt(certain.size()));
      switch (random.nextInt(6)) {
        case 0 -> one.returned = one.called + random.nextDouble() * (one.returned - one.called);
        case 1 -> one.called = one.returned - random.nextDouble() * (one.returned - one.called);
        case 2 -> {
          double shift = (random.nextDouble() - 0.5) * now;
          one.called += shift;
          one.returned += shift;
        }
        default -> one.result = Optional.of(object.guess(one.call, random));
      }
    }

    ObjectHistory history() {
      List<Double> events = new ArrayList<>();
      for (Recorded operation : operations) {
        events.add(operation.called);
        if (operation.isCertain()) {
          events.add(operation.returned);
        }
      }
      events.sort(Comparator.naturalOrder());
      ObjectHistory.Builder builder = new ObjectHistory.Builder(Value.nil());
      operations.sort(Comparator.comparingDouble(one -> one.called));
      for (int row = 0; row < operations.size(); row++) {
        Recorded one = operations.get(row);
        builder.add(
            row,
            events.indexOf(one.called),
            one.isCertain() ? events.indexOf(one.returned) : Long.MAX_VALUE,
            new Call(
                one.call.function(),
                one.call.argument(),
                one.isCertain() ? one.result : Optional.empty()));
      }
      return builder.build();
    }
  }
}
