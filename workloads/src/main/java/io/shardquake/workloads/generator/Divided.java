package io.shardquake.workloads.generator;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Workers divided into groups of neighbours, each with a generator of its own that knows of nobody
 * else.
 */
final class Divided implements Generator {
  /** For each group the number of workers before it, and at last the number of all. */
  private final int[] bounds;

  private final Generator[] generators;

  private Divided(int[] bounds, Generator[] generators) {
    this.bounds = bounds;
    this.generators = generators;
  }

  /** Groups of {@code size}; the last one is smaller if the workers do not divide evenly. */
  static Divided evenly(int workers, int size, IntFunction<Generator> generatorOfGroup) {
    int groups = (workers + size - 1) / size;
    int[] bounds = new int[groups + 1];
    Generator[] generators = new Generator[groups];
    for (int group = 0; group < groups; group++) {
      bounds[group + 1] = Math.min(workers, bounds[group] + size);
      generators[group] = generatorOfGroup.apply(group);
    }
    return new Divided(bounds, generators);
  }

  /** A group for each reservation, and one of the remaining workers. */
  static Divided reserved(int workers, Iterable<Reservation> reservations, Generator remaining) {
    int[] bounds = {0};
    Generator[] generators = {};
    for (Reservation reservation : reservations) {
      generators = append(generators, reservation.generator());
      bounds = append(bounds, bounds[bounds.length - 1] + reservation.workers());
    }
    int reserved = bounds[bounds.length - 1];
    if (reserved > workers) {
      throw new IllegalArgumentException(
          "reservations ask for " + reserved + " workers, but there are only " + workers);
    }
    return new Divided(append(bounds, workers), append(generators, remaining));
  }

  /**
   * Asks the group of a random free worker first, and takes what it asks for if that is due now.
   * Otherwise takes what is due soonest in any group.
   */
  @Override
  public Step next(GeneratorContext context) {
    if (context.freeWorkers() == 0) {
      return Step.pending(this);
    }
    int start = groupOf(context, context.anyFreeProcess());
    Step best = Step.exhausted();
    int bestGroup = start;
    long wake = Long.MAX_VALUE;
    boolean alive = false;
    Generator[] current = generators;
    for (int i = 0; i < generators.length; i++) {
      int group = (start + i) % generators.length;
      GeneratorContext here = narrow(context, group);
      if (here.freeWorkers() == 0) {
        alive |= here.workers() > 0;
        continue;
      }
      Step step = current[group].next(here);
      if (step instanceof Step.Emit emit) {
        if (!(best instanceof Step.Emit soonest) || emit.timeNanos() < soonest.timeNanos()) {
          best = emit;
          bestGroup = group;
        }
        if (emit.timeNanos() <= context.nowNanos()) {
          break;
        }
      } else if (step instanceof Step.Pending pending) {
        alive = true;
        wake = Math.min(wake, pending.wakeNanos());
        current = replaced(current, group, pending.rest());
      } else {
        current = replaced(current, group, Nothing.NOTHING);
      }
    }
    Generator[] reached = current;
    if (best instanceof Step.Emit) {
      int emitting = bestGroup;
      return best.withRest(rest -> new Divided(bounds, replaced(reached, emitting, rest)));
    }
    return alive ? new Step.Pending(wake, new Divided(bounds, reached)) : Step.exhausted();
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    if (!context.hasWorker(context.workerOf(event.process()))) {
      return this;
    }
    int group = groupOf(context, event.process());
    Generator updated = generators[group].update(narrow(context, group), event);
    return updated == generators[group]
        ? this
        : new Divided(bounds, replaced(generators, group, updated));
  }

  private GeneratorContext narrow(GeneratorContext context, int group) {
    return context.narrowedTo(bounds[group], bounds[group + 1] - bounds[group]);
  }

  private int groupOf(GeneratorContext context, int process) {
    int rank = context.workerOf(process) - context.firstWorker();
    int group = Arrays.binarySearch(bounds, rank);
    if (group < 0) {
      return -group - 2;
    }
    while (bounds[group + 1] == rank) {
      group++;
    }
    return group;
  }

  private static Generator[] replaced(Generator[] generators, int group, Generator generator) {
    if (generators[group] == generator) {
      return generators;
    }
    Generator[] result = generators.clone();
    result[group] = generator;
    return result;
  }

  private static int[] append(int[] numbers, int number) {
    int[] result = Arrays.copyOf(numbers, numbers.length + 1);
    result[numbers.length] = number;
    return result;
  }

  private static Generator[] append(Generator[] generators, Generator generator) {
    Generator[] result = Arrays.copyOf(generators, generators.length + 1);
    result[generators.length] = generator;
    return result;
  }
}
