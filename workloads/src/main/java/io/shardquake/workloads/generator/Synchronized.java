package io.shardquake.workloads.generator;

/** Begins when every worker is free. */
record Synchronized(Generator generator) implements Generator {
  @Override
  public Step next(GeneratorContext context) {
    return context.allFree() ? generator.next(context) : Step.pending(this);
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    return new Synchronized(generator.update(context, event));
  }
}
