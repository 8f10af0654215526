package io.shardquake.workloads.generator;

import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.generator.GeneratorEvent.Completed;
import io.shardquake.workloads.generator.GeneratorEvent.Invoked;
import io.shardquake.workloads.generator.GeneratorEvent.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** A tiny interpreter in virtual time: runs a generator and writes down what it asked for. */
public final class Simulation {
  /** How an operation ends, and after how long. */
  public record End(long latencyNanos, Result result, Value value) {}

  /** Decides how operations end. */
  @FunctionalInterface
  public interface Cluster {
    End answer(long ordinal, Request request);
  }

  /** Every operation succeeds after ten nanoseconds, a read with 0. */
  public static final Cluster PERFECT = (ordinal, request) -> new End(10, Result.OK, Value.of(0));

  private static final List<Result> IN_TURN = List.of(Result.OK, Result.FAIL, Result.INFO);

  /** Operations succeed, fail, and get lost in turn, after ten nanoseconds. */
  public static final Cluster IMPERFECT =
      (ordinal, request) -> new End(10, IN_TURN.get((int) (ordinal % 3)), Value.nil());

  private record Open(long timeNanos, long ordinal, int process, Request request, End end)
      implements Comparable<Open> {
    @Override
    public int compareTo(Open other) {
      int byTime = Long.compare(timeNanos, other.timeNanos);
      return byTime != 0 ? byTime : Long.compare(ordinal, other.ordinal);
    }
  }

  private final Cluster cluster;
  private final long maxOperations;
  private final List<Invoked> invoked = new ArrayList<>();
  private final History.Builder history = new History.Builder();
  private long events;
  private final PriorityQueue<Open> open = new PriorityQueue<>();
  private GeneratorContext context;
  private Generator generator;

  private Simulation(
      GeneratorContext context, Generator generator, Cluster cluster, long maxOperations) {
    this.context = context;
    this.generator = generator;
    this.cluster = cluster;
    this.maxOperations = maxOperations;
  }

  public static List<Invoked> run(int workers, long seed, Generator generator, Cluster cluster) {
    return run(workers, seed, generator, cluster, 10_000);
  }

  /** Ends when the generator is exhausted, or has asked for so many operations. */
  public static List<Invoked> run(
      int workers, long seed, Generator generator, Cluster cluster, long maxOperations) {
    GeneratorContext context = GeneratorContext.start(workers, RandomSource.seeded(seed));
    Simulation simulation = new Simulation(context, generator, cluster, maxOperations);
    simulation.run();
    return simulation.invoked;
  }

  /** The same, as the history of what was asked and answered. */
  public static History history(
      int workers, long seed, Generator generator, Cluster cluster, long maxOperations) {
    GeneratorContext context = GeneratorContext.start(workers, RandomSource.seeded(seed));
    Simulation simulation = new Simulation(context, generator, cluster, maxOperations);
    simulation.run();
    return simulation.history.build();
  }

  /** {@code time process function}, one line an operation. */
  public static List<String> lines(List<Invoked> operations) {
    return operations.stream()
        .map(o -> o.timeNanos() + " " + o.process() + " " + o.request().function())
        .toList();
  }

  public static Request request(String function) {
    return new Request(function, Value.nil(), Value.nil());
  }

  private void run() {
    while (invoked.size() < maxOperations) {
      Step step = generator.next(context);
      if (step instanceof Step.Emit emit) {
        if (open.isEmpty() || emit.timeNanos() <= open.element().timeNanos()) {
          invoke(emit);
        } else {
          complete();
        }
      } else if (step instanceof Step.Pending pending) {
        await(pending);
      } else {
        return;
      }
    }
  }

  private void invoke(Step.Emit emit) {
    if (!context.isFree(context.workerOf(emit.process()))) {
      throw new AssertionError("process " + emit.process() + " is asked for but busy");
    }
    if (emit.timeNanos() < context.nowNanos()) {
      throw new AssertionError("asked at " + context.nowNanos() + " for " + emit.timeNanos());
    }
    context = context.at(emit.timeNanos()).withBusy(emit.process());
    Invoked event = new Invoked(emit.timeNanos(), emit.process(), emit.request());
    End end = cluster.answer(invoked.size(), emit.request());
    open.add(
        new Open(
            emit.timeNanos() + end.latencyNanos(),
            invoked.size(),
            emit.process(),
            emit.request(),
            end));
    invoked.add(event);
    history.invoke(
        new Invocation(
            events++,
            emit.timeNanos(),
            emit.process(),
            emit.request().function(),
            emit.request().key(),
            emit.request().value()));
    generator = emit.rest().update(context, event);
  }

  private void await(Step.Pending pending) {
    generator = pending.rest();
    if (!open.isEmpty() && open.element().timeNanos() <= pending.wakeNanos()) {
      complete();
    } else if (pending.wakeNanos() == Long.MAX_VALUE) {
      throw new AssertionError("pending forever at " + context.nowNanos() + ": " + generator);
    } else {
      context = context.at(Math.max(context.nowNanos() + 1, pending.wakeNanos()));
    }
  }

  private void complete() {
    Open done = open.remove();
    history.complete(done.process(), completion(done));
    context = context.at(done.timeNanos()).withFree(done.process());
    if (done.end().result() == Result.INFO) {
      context = context.withSuccessorOf(done.process());
    }
    generator =
        generator.update(
            context,
            new Completed(
                done.timeNanos(),
                done.process(),
                done.request(),
                done.end().result(),
                done.end().value()));
  }

  private Completion completion(Open done) {
    long index = events++;
    long time = done.timeNanos();
    return switch (done.end().result()) {
      case OK -> new Completion.Ok(index, time, done.end().value(), Attribution.NONE);
      case FAIL -> new Completion.Fail(index, time, "failed", Attribution.NONE);
      case INFO -> new Completion.Info(index, time, "lost", Attribution.NONE);
    };
  }
}
