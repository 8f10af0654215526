package io.shardquake.workloads.generator;

/** At most so many operations. */
record Limit(long remaining, Generator generator) implements Generator {
  @Override
  public Step next(GeneratorContext context) {
    if (remaining == 0) {
      return Step.exhausted();
    }
    Step step = generator.next(context);
    long left = step instanceof Step.Emit ? remaining - 1 : remaining;
    return step.withRest(rest -> new Limit(left, rest));
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    return new Limit(remaining, generator.update(context, event));
  }
}
