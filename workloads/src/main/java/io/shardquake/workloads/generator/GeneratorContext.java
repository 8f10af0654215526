package io.shardquake.workloads.generator;

import java.util.Arrays;

/**
 * What a generator may know of its interpreter: the time, its randomness, and which processes wait
 * for work. Immutable but for the randomness.
 *
 * <p>There is a fixed number of <em>workers</em>, from 0. Each hosts one process at a time. Process
 * {@code p} sits on worker {@code p} modulo the number of workers; its successor, after an unknown
 * outcome, on the same one. Combinators that divide the work divide the workers: a context may be
 * narrowed to a range of them, and then neither counts nor offers any other.
 */
public final class GeneratorContext {
  private final long nowNanos;
  private final RandomSource random;
  private final int[] processes;
  private final long[] free;
  private final int first;
  private final int end;

  private GeneratorContext(
      long nowNanos, RandomSource random, int[] processes, long[] free, int first, int end) {
    this.nowNanos = nowNanos;
    this.random = random;
    this.processes = processes;
    this.free = free;
    this.first = first;
    this.end = end;
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
    long[] free = new long[(workers + 63) >>> 6];
    for (int i = 0; i < workers; i++) {
      free[i >>> 6] |= 1L << i;
    }
    return new GeneratorContext(0, random, processes, free, 0, workers);
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
    return end - first;
  }

  /** Number of the first worker here; the others follow without a gap. */
  public int firstWorker() {
    return first;
  }

  /** Whether the worker is here. */
  public boolean hasWorker(int worker) {
    return first <= worker && worker < end;
  }

  /** Whether the worker is here and free. */
  public boolean isFree(int worker) {
    return hasWorker(worker) && (free[worker >>> 6] >>> worker & 1) == 1;
  }

  /** Number of free workers here. */
  public int freeWorkers() {
    int count = 0;
    for (int word = first >>> 6; word << 6 < end; word++) {
      count += Long.bitCount(freeHere(word));
    }
    return count;
  }

  /** Whether every worker here is free. */
  public boolean allFree() {
    return freeWorkers() == workers();
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
    return processes[freeWorker(count == 1 ? 0 : random.nextInt(count))];
  }

  /** The same at another time. */
  public GeneratorContext at(long timeNanos) {
    return new GeneratorContext(timeNanos, random, processes, free, first, end);
  }

  /** The same with the process's worker busy. */
  public GeneratorContext withBusy(int process) {
    long[] changed = free.clone();
    int worker = workerOf(process);
    changed[worker >>> 6] &= ~(1L << worker);
    return new GeneratorContext(nowNanos, random, processes, changed, first, end);
  }

  /** The same with the process's worker free. */
  public GeneratorContext withFree(int process) {
    long[] changed = free.clone();
    int worker = workerOf(process);
    changed[worker >>> 6] |= 1L << worker;
    return new GeneratorContext(nowNanos, random, processes, changed, first, end);
  }

  /** The same with the process retired: its successor sits on the same worker. */
  public GeneratorContext withSuccessorOf(int process) {
    int[] changed = processes.clone();
    changed[workerOf(process)] = process + processes.length;
    return new GeneratorContext(nowNanos, random, changed, free, first, end);
  }

  /**
   * The same with only {@code count} of the workers here, leaving out the first {@code skipped}.
   *
   * @throws IllegalArgumentException if there are not so many
   */
  public GeneratorContext narrowedTo(int skipped, int count) {
    if (skipped < 0 || count < 0 || skipped + count > workers()) {
      throw new IllegalArgumentException(
          "cannot take " + count + " workers after " + skipped + " of " + workers());
    }
    int from = first + skipped;
    return new GeneratorContext(nowNanos, random, processes, free, from, from + count);
  }

  private int freeWorker(int rank) {
    int left = rank;
    for (int word = first >>> 6; ; word++) {
      long rest = freeHere(word);
      int here = Long.bitCount(rest);
      if (left < here) {
        for (; left > 0; left--) {
          rest &= rest - 1;
        }
        return (word << 6) + Long.numberOfTrailingZeros(rest);
      }
      left -= here;
    }
  }

  private long freeHere(int word) {
    long bits = free[word];
    int low = word << 6;
    if (low < first) {
      bits &= -1L << first;
    }
    if (end - low < 64) {
      bits &= (1L << (end - low)) - 1;
    }
    return bits;
  }
}
