package io.shardquake.workloads.generator;

import java.util.function.LongFunction;

/**
 * One group's keys, one after another: {@code ordinal}, {@code ordinal + stride}, … With as many
 * groups as the stride, each starting at another ordinal, every key belongs to one group only.
 */
record KeySeries(
    LongFunction<Generator> generatorOfKey, long ordinal, long stride, long keys, Generator current)
    implements Generator {

  static KeySeries startingAt(
      LongFunction<Generator> generatorOfKey, long ordinal, long stride, long keys) {
    Generator first = ordinal < keys ? generatorOfKey.apply(ordinal) : Nothing.NOTHING;
    return new KeySeries(generatorOfKey, ordinal, stride, keys, first);
  }

  @Override
  public Step next(GeneratorContext context) {
    KeySeries series = this;
    Step step = series.current.next(context);
    while (step == Step.exhausted() && series.ordinal < keys) {
      series = startingAt(generatorOfKey, series.ordinal + stride, stride, keys);
      step = series.current.next(context);
    }
    KeySeries reached = series;
    return step.withRest(reached::with);
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    return with(current.update(context, event));
  }

  private KeySeries with(Generator other) {
    return new KeySeries(generatorOfKey, ordinal, stride, keys, other);
  }
}
