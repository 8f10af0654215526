package io.shardquake.harness.campaign;

import io.shardquake.checkers.Validity;
import io.shardquake.harness.sim.SimResult;
import io.shardquake.harness.sim.SimSetup;
import io.shardquake.harness.sim.Simulation;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Simulates seeds, several at a time. Seeds share nothing, so that their outcomes do not depend on
 * how many run beside each other.
 */
public final class Campaign {
  private final Simulation simulation;
  private final LongFunction<SimSetup> setups;
  private final int jobs;

  /**
   * @param setups what a seed stands for; called by several threads
   * @param jobs how many at a time, at least 1
   */
  public Campaign(Simulation simulation, LongFunction<SimSetup> setups, int jobs) {
    this.simulation = simulation;
    this.setups = setups;
    this.jobs = jobs;
  }

  /**
   * Simulates every seed from the first to the last.
   *
   * @param stop looked at before each further seed
   * @param done told of each outcome as it comes, on this thread
   * @return the outcomes in the order of their seeds
   * @throws InterruptedException if this thread was interrupted
   */
  public List<SeedOutcome> run(
      long first, long last, BooleanSupplier stop, Consumer<SeedOutcome> done)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(jobs, Campaign::thread);
    ExecutorCompletionService<SeedOutcome> running = new ExecutorCompletionService<>(threads);
    List<SeedOutcome> outcomes = new ArrayList<>();
    try {
      long next = first;
      int open = 0;
      while (open > 0 || (next <= last && !stop.getAsBoolean())) {
        while (open < jobs && next <= last && !stop.getAsBoolean()) {
          long seed = next++;
          running.submit(() -> outcome(seed));
          open++;
        }
        SeedOutcome outcome = result(running.take());
        open--;
        outcomes.add(outcome);
        done.accept(outcome);
      }
    } finally {
      threads.shutdownNow();
    }
    outcomes.sort((one, other) -> Long.compare(one.seed(), other.seed()));
    return outcomes;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "simulation");
    thread.setDaemon(true);
    return thread;
  }

  private static SeedOutcome result(Future<SeedOutcome> done) throws InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a simulation broke off", e.getCause());
    }
  }

  private SeedOutcome outcome(long seed) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begun = threads.getCurrentThreadCpuTime();
    try {
      SimResult result = simulation.run(setups.apply(seed));
      return new SeedOutcome(
          seed,
          result.verdict().validity(),
          Fingerprint.of(result.verdict()),
          result.verdict().reason(),
          result.events(),
          result.virtualNanos(),
          threads.getCurrentThreadCpuTime() - begun);
    } catch (RuntimeException | StackOverflowError e) {
      return new SeedOutcome(
          seed,
          Validity.UNKNOWN,
          Optional.of(new Fingerprint("harness", "the simulation itself failed: " + e)),
          String.valueOf(e),
          0,
          0,
          threads.getCurrentThreadCpuTime() - begun);
    }
  }
}
