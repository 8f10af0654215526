package io.shardquake.harness.interpreter;

import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.generator.GeneratorContext;
import io.shardquake.workloads.generator.GeneratorEvent;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.generator.Step;

/**
 * Writes of ascending numbers by whoever is free.
 *
 * @param next number to write
 * @param left how many writes are still wanted
 */
record Requests(long next, long left) implements Generator {
  static Requests count(long count) {
    return new Requests(0, count);
  }

  @Override
  public Step next(GeneratorContext context) {
    if (left == 0) {
      return Step.exhausted();
    }
    if (context.freeWorkers() == 0) {
      return Step.pending(this);
    }
    return new Step.Emit(
        context.nowNanos(),
        context.anyFreeProcess(),
        new Request("write", Value.of("k"), Value.of(next)),
        new Requests(next + 1, left - 1));
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    return this;
  }
}
