package io.shardquake.harness.interpreter;

import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.client.ClientFactory;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.client.Outcome;
import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.generator.GeneratorContext;
import io.shardquake.workloads.generator.GeneratorEvent;
import io.shardquake.workloads.generator.GeneratorEvent.Result;
import io.shardquake.workloads.generator.RandomSource;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.generator.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * The loop between generators and clients, and the only place where events of a history get their
 * index and their time.
 *
 * <pre>
 *                 ┌───────────── invoke ────────────► clients (asynchronous, any threads)
 *   generator ──► loop ──► history                       │
 *                 ▲                                      │
 *                 └── completion queue ◄──── outcome ────┘
 * </pre>
 *
 * <p>One turn of the loop records all completions that are in the queue, then at most as many
 * invocations as workers are free, looking at the queue before each. An invocation is recorded
 * before its client is asked, a completion after its client has answered, so that the interval in
 * the history always contains the true one and no order is claimed that was not there.
 *
 * <p>Used by one thread at a time.
 */
public final class LiveInterpreter implements AutoCloseable {
  private static final long FLUSH_NANOS = Duration.ofMillis(100).toNanos();

  private final Worker[] workers;
  private final HistorySink history;
  private final RunClock clock;
  private final long drainNanos;
  private final OperationListener listener;
  private final CompletionQueue queue = new CompletionQueue();
  private GeneratorContext context;
  private int open;
  private long nextIndex;
  private boolean unflushed;
  private long flushedNanos;

  /** Why a generator was not asked any more. */
  public enum Ending {
    /** It had nothing more to ask for. */
    EXHAUSTED,
    /** Its time was over. */
    TIME_OVER,
    /** The stop signal was raised. */
    STOPPED
  }

  /**
   * An interpreter whose history begins empty.
   *
   * @param concurrency number of workers, at least 1
   * @param random what generators draw from
   * @param clients opened as processes need them, closed with their process; the factory is not
   *     closed
   * @param history gets every event
   * @param clock gives every time
   * @param drainBound how long open operations are waited for at the end of a generator; longer
   *     than the clients' own time-out
   * @param listener told of every completion
   */
  public LiveInterpreter(
      int concurrency,
      RandomSource random,
      ClientFactory clients,
      HistorySink history,
      RunClock clock,
      Duration drainBound,
      OperationListener listener) {
    this.context = GeneratorContext.start(concurrency, random);
    this.workers =
        IntStream.range(0, concurrency).mapToObj(i -> new Worker(clients)).toArray(Worker[]::new);
    this.history = history;
    this.clock = clock;
    this.drainNanos = drainBound.toNanos();
    this.listener = listener;
  }

  /**
   * Carries out a generator until it is exhausted, its time is over or the signal is raised; then
   * waits for the operations that are still open. Those that stay open beyond the drain bound are
   * recorded as {@link Completion.Info} with the error {@link OperationError#UNANSWERED}. May be
   * called again with another generator: indexes, processes and clients go on.
   *
   * @param untilNanos on the run's clock
   * @throws IOException if the history could not be kept; what was recorded before is not touched
   * @throws IllegalStateException if the generator breaks its protocol
   */
  public Ending run(Generator generator, long untilNanos, StopSignal stop) throws IOException {
    Runnable wake = queue::wake;
    stop.onRaise(wake);
    try {
      return carryOut(generator, untilNanos, stop);
    } finally {
      stop.forget(wake);
    }
  }

  /** How many events have been recorded. */
  public long events() {
    return nextIndex;
  }

  /** Closes all clients. Operations still open stay so in the history. */
  @Override
  public void close() {
    for (Worker worker : workers) {
      worker.retire();
    }
  }

  private Ending carryOut(Generator generator, long untilNanos, StopSignal stop)
      throws IOException {
    Generator current = generator;
    while (true) {
      current = absorb(current);
      long now = clock.getAsLong();
      flushIfDue(now);
      if (stop.raised()) {
        return drained(current, Ending.STOPPED);
      }
      if (now >= untilNanos) {
        return drained(current, Ending.TIME_OVER);
      }
      Step step = current.next(context.at(now));
      if (step instanceof Step.Emit emit) {
        if (isDue(emit, untilNanos, stop)) {
          current = invoke(emit);
        }
      } else if (step instanceof Step.Pending pending) {
        current = pending.rest();
        sleep(Math.min(pending.wakeNanos(), untilNanos), stop);
      } else {
        return drained(current, Ending.EXHAUSTED);
      }
    }
  }

  /** Waits for the step's time; false if something happens before that makes it stale. */
  private boolean isDue(Step.Emit emit, long untilNanos, StopSignal stop) throws IOException {
    if (emit.timeNanos() <= clock.getAsLong()) {
      return true;
    }
    sleep(Math.min(emit.timeNanos(), untilNanos), stop);
    return queue.isEmpty() && emit.timeNanos() <= clock.getAsLong() && !stop.raised();
  }

  /** Sleeps until the time has come, an outcome has arrived or the signal has been raised. */
  private void sleep(long untilNanos, StopSignal stop) throws IOException {
    long now = clock.getAsLong();
    while (now < untilNanos && queue.isEmpty() && !stop.raised()) {
      long flushDue = unflushed ? flushedNanos + FLUSH_NANOS : Long.MAX_VALUE;
      queue.await(Math.min(untilNanos, flushDue) - now);
      now = clock.getAsLong();
      flushIfDue(now);
    }
  }

  private void flushIfDue(long now) throws IOException {
    if (unflushed && now - flushedNanos >= FLUSH_NANOS) {
      history.flush();
      flushedNanos = now;
      unflushed = false;
    }
  }

  private Generator invoke(Step.Emit emit) throws IOException {
    int process = emit.process();
    int number = context.workerOf(process);
    if (!context.isFree(number) || context.processOf(number) != process) {
      throw new IllegalStateException(
          "the generator wants "
              + emit.request()
              + " of process "
              + process
              + ", which is not free");
    }
    long time = clock.getAsLong();
    Request request = emit.request();
    history.invoked(
        new Invocation(
            nextIndex++, time, process, request.function(), request.key(), request.value()));
    unflushed = true;
    Worker worker = workers[number];
    long ticket = worker.begin(request, time);
    open++;
    context = context.at(time).withBusy(process);
    Generator rest =
        emit.rest().update(context, new GeneratorEvent.Invoked(time, process, request));
    try {
      worker.clientOf(process).invoke(request, outcome -> queue.put(number, ticket, outcome));
    } catch (RuntimeException e) {
      queue.put(number, ticket, unknown(OperationError.CLIENT_FAILED));
    }
    return rest;
  }

  /** Records all completions that are in the queue; returns the generator that knows of them. */
  private Generator absorb(Generator generator) throws IOException {
    Generator current = generator;
    for (CompletionQueue.Entry entry = queue.takeAll(); entry != null; entry = entry.next) {
      // A ticket that is no longer awaited belongs to an operation that has been completed already.
      Request request = workers[entry.slot].awaiting(entry.ticket).orElse(null);
      if (request != null) {
        current = complete(current, entry.slot, request, entry.outcome);
      }
    }
    return current;
  }

  private void tell(Outcome outcome, long nanos) {
    listener.completed(resultOf(outcome), nanos);
    if (outcome instanceof Outcome.Fail fail) {
      listener.failed(fail.error());
    } else if (outcome instanceof Outcome.Info info) {
      listener.failed(info.error());
    }
  }

  private Generator complete(Generator generator, int number, Request request, Outcome outcome)
      throws IOException {
    Worker worker = workers[number];
    int process = context.processOf(number);
    long time = clock.getAsLong();
    Result result = resultOf(outcome);
    history.completed(process, completionOf(outcome, nextIndex++, time));
    unflushed = true;
    worker.end();
    open--;
    context = context.at(time).withFree(process);
    if (result == Result.INFO) {
      worker.retire();
      context = context.withSuccessorOf(process);
    }
    tell(outcome, time - worker.invokedNanos());
    Value value = outcome instanceof Outcome.Ok ok ? ok.value() : Value.nil();
    return generator.update(
        context, new GeneratorEvent.Completed(time, process, request, result, value));
  }

  private Ending drained(Generator generator, Ending ending) throws IOException {
    Generator current = generator;
    StopSignal neverStopped = new StopSignal();
    long until = clock.getAsLong() + drainNanos;
    while (open > 0 && clock.getAsLong() < until) {
      sleep(until, neverStopped);
      current = absorb(current);
    }
    for (int number = 0; number < workers.length; number++) {
      long ticket = workers[number].openTicket();
      if (ticket >= 0) {
        queue.put(number, ticket, unknown(OperationError.UNANSWERED));
      }
    }
    absorb(current);
    history.flush();
    return ending;
  }

  private static Outcome unknown(OperationError error) {
    return new Outcome.Info(error.label(), Attribution.NONE);
  }

  private static Result resultOf(Outcome outcome) {
    if (outcome instanceof Outcome.Ok) {
      return Result.OK;
    }
    return outcome instanceof Outcome.Fail ? Result.FAIL : Result.INFO;
  }

  private static Completion completionOf(Outcome outcome, long index, long time) {
    if (outcome instanceof Outcome.Ok ok) {
      return new Completion.Ok(index, time, ok.value(), ok.attribution());
    }
    if (outcome instanceof Outcome.Fail fail) {
      return new Completion.Fail(index, time, fail.error(), fail.attribution());
    }
    Outcome.Info info = (Outcome.Info) outcome;
    return new Completion.Info(index, time, info.error(), info.attribution());
  }
}
