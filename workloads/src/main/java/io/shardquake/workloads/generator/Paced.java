package io.shardquake.workloads.generator;

import java.util.function.ToLongFunction;

/** Leaves a gap after each operation before the next one, over all processes together. */
record Paced(ToLongFunction<RandomSource> gapNanos, long earliestNanos, Generator generator)
    implements Generator {
  @Override
  public Step next(GeneratorContext context) {
    Step step = generator.next(context);
    if (step instanceof Step.Emit emit) {
      long time = Math.max(emit.timeNanos(), earliestNanos);
      long following = time + gapNanos.applyAsLong(context.random());
      return emit.at(time).withRest(rest -> new Paced(gapNanos, following, rest));
    }
    return step.withRest(rest -> new Paced(gapNanos, earliestNanos, rest));
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    return new Paced(gapNanos, earliestNanos, generator.update(context, event));
  }
}
