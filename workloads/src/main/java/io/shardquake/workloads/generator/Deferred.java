package io.shardquake.workloads.generator;

import java.util.function.Function;

/** A generator that is made when it is first asked, from the context that it is asked in. */
record Deferred(Function<GeneratorContext, Generator> maker) implements Generator {
  @Override
  public Step next(GeneratorContext context) {
    return maker.apply(context).next(context);
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    return this;
  }
}
