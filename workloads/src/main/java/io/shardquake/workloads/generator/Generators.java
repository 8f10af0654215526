package io.shardquake.workloads.generator;

import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;

/** The stock generators and the ways to combine them. */
public final class Generators {
  private Generators() {}

  /** Asks for nothing. */
  public static Generator nothing() {
    return Nothing.NOTHING;
  }

  /** One request, once. */
  public static Generator once(Request request) {
    return limit(1, repeat(request));
  }

  /** The same request without end. */
  public static Generator repeat(Request request) {
    return new Repeat(random -> request);
  }

  /** Random requests without end. */
  public static Generator repeat(RequestSource source) {
    return new Repeat(source);
  }

  /** The generator, starting over whenever it is exhausted, {@code rounds} times in all. */
  public static Generator cycle(long rounds, Generator generator) {
    requireNotNegative("rounds", rounds);
    return new Cycle(rounds, generator, generator);
  }

  /** At most {@code operations} operations of the generator. */
  public static Generator limit(long operations, Generator generator) {
    requireNotNegative("operations", operations);
    return new Limit(operations, generator);
  }

  /** The generator's operations before a time, in nanoseconds since the start of the run. */
  public static Generator untilTime(long endNanos, Generator generator) {
    return new Until(endNanos, generator);
  }

  /** The generator's operations within a time that counts from when it is first asked. */
  public static Generator timeLimit(Duration duration, Generator generator) {
    long nanos = positiveNanos(duration);
    return new Deferred(context -> new Until(context.nowNanos() + nanos, generator));
  }

  /**
   * Operations at random intervals, uniform from 0 to twice the mean, over all processes together.
   * While no process is free the schedule waits: what was missed is not made up for.
   */
  public static Generator stagger(Duration meanInterval, Generator generator) {
    long twice = Math.multiplyExact(2, positiveNanos(meanInterval));
    return new Paced(random -> (long) (random.nextDouble() * twice), 0, generator);
  }

  /** Operations at intervals of exactly so long, or longer while no process is free. */
  public static Generator delay(Duration interval, Generator generator) {
    long nanos = positiveNanos(interval);
    return new Paced(random -> nanos, 0, generator);
  }

  /** Each operation from one of the parts, chosen by weight; until all are exhausted. */
  public static Generator mix(List<Share> shares) {
    return new Mix(List.copyOf(shares), Mix.NOT_CHOSEN);
  }

  /** One generator after another, without waiting for open operations in between. */
  public static Generator sequence(List<Generator> generators) {
    return new Sequence(Nothing.NOTHING, List.copyOf(generators));
  }

  /** Waits until all processes are free, then begins the generator. */
  public static Generator synchronize(Generator generator) {
    return new Synchronized(generator);
  }

  /** One generator after another; each begins when all processes are free. */
  public static Generator phases(List<Generator> generators) {
    return sequence(generators.stream().map(Generators::synchronize).toList());
  }

  /** Each process its own copy; the successor of a retired process begins anew. */
  public static Generator perProcess(Generator generator) {
    return new Deferred(
        context ->
            Divided.evenly(
                context.workers(),
                1,
                worker -> new Renewed(generator, Renewed.NO_PROCESS, generator)));
  }

  /**
   * The first workers for the first reservation, the next for the second, and so on; what remains
   * for {@code remaining}. Asking for more workers than there are is an {@link
   * IllegalArgumentException} when the generator is first asked.
   */
  public static Generator reserve(List<Reservation> reservations, Generator remaining) {
    List<Reservation> kept = List.copyOf(reservations);
    return new Deferred(context -> Divided.reserved(context.workers(), kept, remaining));
  }

  /**
   * Groups of {@code workersPerKey} workers, each group on a key of its own until that key's
   * generator is exhausted, then on the next key that no group had; until {@code keys} keys are
   * used up.
   *
   * @param generatorOfKey the generator of a key, given the key's number from 0
   */
  public static Generator onKeys(
      int workersPerKey, long keys, LongFunction<Generator> generatorOfKey) {
    if (workersPerKey < 1) {
      throw new IllegalArgumentException("a key needs at least one worker: " + workersPerKey);
    }
    requireNotNegative("keys", keys);
    return new Deferred(
        context -> {
          int groups = (context.workers() + workersPerKey - 1) / workersPerKey;
          return Divided.evenly(
              context.workers(),
              workersPerKey,
              group -> KeySeries.startingAt(generatorOfKey, group, groups, keys));
        });
  }

  /** Gives a process nothing to do for a while after so many of its operations failed in a row. */
  public static Generator restAfterFailures(int inARow, Duration rest, Generator generator) {
    if (inARow < 1) {
      throw new IllegalArgumentException("a rest comes after at least one failure: " + inARow);
    }
    return new RestAfterFailures(inARow, positiveNanos(rest), List.of(), List.of(), generator);
  }

  private static long positiveNanos(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos <= 0) {
      throw new IllegalArgumentException("a generator's interval must be positive: " + duration);
    }
    return nanos;
  }

  private static void requireNotNegative(String what, long number) {
    if (number < 0) {
      throw new IllegalArgumentException(what + " must not be negative: " + number);
    }
  }
}
