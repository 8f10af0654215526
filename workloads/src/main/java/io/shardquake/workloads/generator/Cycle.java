package io.shardquake.workloads.generator;

/** A generator that starts over whenever it is exhausted, so many times in all. */
record Cycle(long rounds, Generator fresh, Generator current) implements Generator {
  @Override
  public Step next(GeneratorContext context) {
    Generator asked = current;
    for (long left = rounds; left > 0; left--) {
      Step step = asked.next(context);
      if (step != Step.exhausted()) {
        long roundsLeft = left;
        return step.withRest(rest -> new Cycle(roundsLeft, fresh, rest));
      }
      if (asked == fresh) {
        return step;
      }
      asked = fresh;
    }
    return Step.exhausted();
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    return new Cycle(rounds, fresh, current.update(context, event));
  }
}
