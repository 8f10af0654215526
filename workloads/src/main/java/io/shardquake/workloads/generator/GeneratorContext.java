package io.shardquake.workloads.generator;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * What a generator may know of its interpreter: the time, its randomness, and which processes wait
 * for work. Immutable but for the randomness.
 *
 * <p>There is a fixed number of <em>workers</em>, from 0. Each hosts one process at a time. Process
 * {@code p} sits on worker {@code p} modulo the number of workers; its successor, after an unknown
 * outcome, on the same one. Combinators that divide the work divide the workers: a context may be
 * narrowed to some of them, and then neither counts nor offers any other.
 */
public final class GeneratorContext {
  private final long nowNanos;
  private final RandomSource random;
  private final int[] processes;
  private final long[] scope;
  private final long[] free;

  private GeneratorContext(
      long nowNanos, RandomSource random, int[] processes, long[] scope, long[] free) {
    this.nowNanos = nowNanos;
    this.random = random;
    this.processes = processes;
    this.scope = scope;
    this.free = free;
  }

  /**
   * The context at the start of a run: time 0, all workers free, process numbers equal to worker
   * numbers.
   *
   * @throws IllegalArgumentException if there is no worker
   */
  public static GeneratorContext start(int workers, RandomSource random) {
    if (workers <= 0) {
      throw new IllegalArgumentException("there must be at least one worker: " + workers);
    }
    int[] processes = new int[workers];
    Arrays.setAll(processes, i -> i);
    long[] all = new long[(workers + 63) >>> 6];
    for (int i = 0; i < workers; i++) {
      all[i >>> 6] |= 1L << i;
    }
    return new GeneratorContext(0, random, processes, all, all);
  }

  /** Time since the start of the run. */
  public long nowNanos() {
    return nowNanos;
  }

  /** The randomness that generators draw from. */
  public RandomSource random() {
    return random;
  }

  /** Number of workers here, free or not. */
  public int workers() {
    return count(scope);
  }

  /** Numbers of the workers here in ascending order. */
  public int[] workerNumbers() {
    int[] numbers = new int[workers()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = nth(scope, i);
    }
    return numbers;
  }

  /** Number of free workers here. */
  public int freeWorkers() {
    return count(free);
  }

  /** Whether every worker here is free. */
  public boolean allFree() {
    return Arrays.equals(scope, free);
  }

  /** Whether the worker is here and free. */
  public boolean isFree(int worker) {
    return isIn(free, worker);
  }

  /** Whether the worker is here. */
  public boolean hasWorker(int worker) {
    return isIn(scope, worker);
  }

  /** The worker that hosts, or hosted, a process. */
  public int workerOf(int process) {
    return process % processes.length;
  }

  /** The process that the worker hosts now. */
  public int processOf(int worker) {
    return processes[worker];
  }

  /**
   * The process of a free worker, all with the same probability.
   *
   * @throws IllegalStateException if none is free; ask {@link #freeWorkers()} first
   */
  public int anyFreeProcess() {
    int count = freeWorkers();
    if (count == 0) {
      throw new IllegalStateException("no worker is free");
    }
    return processes[nth(free, count == 1 ? 0 : random.nextInt(count))];
  }

  /** The same at another time. */
  public GeneratorContext at(long timeNanos) {
    return new GeneratorContext(timeNanos, random, processes, scope, free);
  }

  /** The same with the process's worker busy. */
  public GeneratorContext withBusy(int process) {
    long[] changed = free.clone();
    int worker = workerOf(process);
    changed[worker >>> 6] &= ~(1L << worker);
    return new GeneratorContext(nowNanos, random, processes, scope, changed);
  }

  /** The same with the process's worker free. */
  public GeneratorContext withFree(int process) {
    long[] changed = free.clone();
    int worker = workerOf(process);
    changed[worker >>> 6] |= 1L << worker;
    return new GeneratorContext(nowNanos, random, processes, scope, changed);
  }

  /** The same with the process retired: its successor sits on the same worker. */
  public GeneratorContext withSuccessorOf(int process) {
    int[] changed = processes.clone();
    changed[workerOf(process)] = process + processes.length;
    return new GeneratorContext(nowNanos, random, changed, scope, free);
  }

  /** The same with only those workers of this context that match. */
  public GeneratorContext only(IntPredicate workers) {
    long[] narrowScope = scope.clone();
    long[] narrowFree = free.clone();
    for (int worker = 0; worker < processes.length; worker++) {
      if (!workers.test(worker)) {
        narrowScope[worker >>> 6] &= ~(1L << worker);
        narrowFree[worker >>> 6] &= ~(1L << worker);
      }
    }
    return new GeneratorContext(nowNanos, random, processes, narrowScope, narrowFree);
  }

  private static boolean isIn(long[] bits, int worker) {
    return worker >>> 6 < bits.length && (bits[worker >>> 6] >>> worker & 1) == 1;
  }

  private static int count(long[] bits) {
    int count = 0;
    for (long word : bits) {
      count += Long.bitCount(word);
    }
    return count;
  }

  private static int nth(long[] bits, int rank) {
    int left = rank;
    for (int word = 0; ; word++) {
      int here = Long.bitCount(bits[word]);
      if (left < here) {
        long rest = bits[word];
        for (; left > 0; left--) {
          rest &= rest - 1;
        }
        return (word << 6) + Long.numberOfTrailingZeros(rest);
      }
      left -= here;
    }
  }
}
