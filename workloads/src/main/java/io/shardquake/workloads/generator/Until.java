package io.shardquake.workloads.generator;

/** Nothing at or after a time. */
record Until(long endNanos, Generator generator) implements Generator {
  @Override
  public Step next(GeneratorContext context) {
    if (context.nowNanos() >= endNanos) {
      return Step.exhausted();
    }
    Step step = generator.next(context);
    if (step instanceof Step.Emit emit && emit.timeNanos() >= endNanos) {
      return Step.exhausted();
    }
    Step timely = step instanceof Step.Pending pending ? pending.noLaterThan(endNanos) : step;
    return timely.withRest(rest -> new Until(endNanos, rest));
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    return new Until(endNanos, generator.update(context, event));
  }
}
