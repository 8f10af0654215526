package io.shardquake.harness.sim.run;

import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.Invocation;
import io.shardquake.checkers.history.Value;
import io.shardquake.harness.interpreter.HistorySink;
import io.shardquake.harness.sim.time.EventQueue;
import io.shardquake.harness.sim.time.Timeout;
import io.shardquake.workloads.client.Client;
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
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What {@code LiveInterpreter} does, in virtual time: the loop between generators and clients, and
 * the only place where events of a history get their index and their time.
 */
final class SimInterpreter {
  /** A generator that emits so often without any time passing will never end. */
  private static final int MOST_STEPS_AT_ONCE = 1_000_000;

  private final EventQueue queue;
  private final ClientFactory clients;
  private final HistorySink history;
  private final long drainNanos;
  private final Worker[] workers;
  private final Deque<Arrival> arrived = new ArrayDeque<>();
  private GeneratorContext context;
  private Generator generator;
  private long untilNanos;
  private Runnable whenDone = () -> {};
  private @Nullable Timeout wake;
  private boolean pumping;
  private boolean draining;
  private boolean running;
  private int open;
  private long nextIndex;

  /** A place where one process after the other sits. */
  private static final class Worker {
    @Nullable Client client;
    @Nullable Request request;
    long ticket;
  }

  /** What has come for an operation. */
  private record Arrival(int worker, long ticket, Outcome outcome) {}

  SimInterpreter(
      EventQueue queue,
      int concurrency,
      RandomSource random,
      ClientFactory clients,
      HistorySink history,
      Duration drainBound) {
    this.queue = queue;
    this.clients = clients;
    this.history = history;
    this.drainNanos = drainBound.toNanos();
    this.context = GeneratorContext.start(concurrency, random);
    this.workers = new Worker[concurrency];
    for (int i = 0; i < concurrency; i++) {
      workers[i] = new Worker();
    }
    this.generator = new Ended();
  }

  /** Nothing to ask for. */
  private record Ended() implements Generator {
    @Override
    public Step next(GeneratorContext at) {
      return Step.exhausted();
    }

    @Override
    public Generator update(GeneratorContext at, GeneratorEvent event) {
      return this;
    }
  }

  /**
   * Carries out a generator until it is exhausted or its time is over, and awaits what is open
   * then.
   *
   * @param done called when all that is over
   */
  void run(Generator toCarryOut, long until, Runnable done) {
    generator = toCarryOut;
    untilNanos = until;
    whenDone = done;
    draining = false;
    running = true;
    pump();
  }

  /** Closes all clients. */
  void close() {
    running = false;
    for (Worker worker : workers) {
      retire(worker);
    }
  }

  private void pump() {
    if (pumping || !running) {
      return;
    }
    pumping = true;
    try {
      carryOn();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      pumping = false;
    }
    if (draining && open == 0) {
      finish();
    }
  }

  private void carryOn() throws IOException {
    for (int steps = 0; steps < MOST_STEPS_AT_ONCE; steps++) {
      absorb();
      if (draining) {
        return;
      }
      long now = queue.nowNanos();
      if (now >= untilNanos) {
        drain();
        return;
      }
      Step step = generator.next(context.at(now));
      if (step instanceof Step.Emit emit) {
        if (emit.timeNanos() > now) {
          wakeAt(Math.min(emit.timeNanos(), untilNanos));
          return;
        }
        invoke(emit);
      } else if (step instanceof Step.Pending pending) {
        generator = pending.rest();
        wakeAt(Math.min(pending.wakeNanos(), untilNanos));
        return;
      } else {
        drain();
        return;
      }
    }
    throw new IllegalStateException("a generator emits without end and without any time passing");
  }

  private void wakeAt(long time) {
    Timeout former = wake;
    if (former != null) {
      former.cancel();
    }
    wake = queue.timeout(time, this::pump);
  }

  private void invoke(Step.Emit emit) throws IOException {
    int process = emit.process();
    int number = context.workerOf(process);
    if (!context.isFree(number) || context.processOf(number) != process) {
      throw new IllegalStateException(
          "the generator wants " + emit.request() + " of process " + process + ", which is busy");
    }
    long time = queue.nowNanos();
    Request request = emit.request();
    history.invoked(
        new Invocation(
            nextIndex++, time, process, request.function(), request.key(), request.value()));
    Worker worker = workers[number];
    worker.request = request;
    long ticket = ++worker.ticket;
    open++;
    context = context.at(time).withBusy(process);
    generator = emit.rest().update(context, new GeneratorEvent.Invoked(time, process, request));
    Client client = worker.client;
    if (client == null) {
      client = clients.open(process);
      worker.client = client;
    }
    client.invoke(
        request,
        outcome -> {
          arrived.add(new Arrival(number, ticket, outcome));
          pump();
        });
  }

  private void absorb() throws IOException {
    for (Arrival arrival = arrived.poll(); arrival != null; arrival = arrived.poll()) {
      Worker worker = workers[arrival.worker()];
      Request request = worker.request;
      // A ticket that is no longer awaited belongs to an operation that has been completed already.
      if (request != null && worker.ticket == arrival.ticket()) {
        complete(worker, arrival.worker(), request, arrival.outcome());
      }
    }
  }

  private void complete(Worker worker, int number, Request request, Outcome outcome)
      throws IOException {
    int process = context.processOf(number);
    long time = queue.nowNanos();
    history.completed(process, completion(outcome, nextIndex++, time));
    worker.request = null;
    open--;
    context = context.at(time).withFree(process);
    Result result = Result.OK;
    Value value = Value.nil();
    if (outcome instanceof Outcome.Ok ok) {
      value = ok.value();
    } else if (outcome instanceof Outcome.Fail) {
      result = Result.FAIL;
    } else {
      result = Result.INFO;
      retire(worker);
      context = context.withSuccessorOf(process);
    }
    generator =
        generator.update(
            context, new GeneratorEvent.Completed(time, process, request, result, value));
  }

  private static Completion completion(Outcome outcome, long index, long time) {
    if (outcome instanceof Outcome.Ok ok) {
      return new Completion.Ok(index, time, ok.value(), ok.attribution());
    }
    if (outcome instanceof Outcome.Fail fail) {
      return new Completion.Fail(index, time, fail.error(), fail.attribution());
    }
    Outcome.Info info = (Outcome.Info) outcome;
    return new Completion.Info(index, time, info.error(), info.attribution());
  }

  private static void retire(Worker worker) {
    Client client = worker.client;
    worker.client = null;
    if (client != null) {
      client.close();
    }
  }

  private void drain() {
    draining = true;
    wakeAt(Long.MAX_VALUE);
    queue.after(drainNanos, this::giveUpOnOpen);
  }

  private void giveUpOnOpen() {
    if (!running || !draining || open == 0) {
      return;
    }
    Outcome unanswered = new Outcome.Info(OperationError.UNANSWERED.label(), Attribution.NONE);
    for (int number = 0; number < workers.length; number++) {
      if (workers[number].request != null) {
        arrived.add(new Arrival(number, workers[number].ticket, unanswered));
      }
    }
    pump();
  }

  private void finish() {
    running = false;
    whenDone.run();
  }
}
