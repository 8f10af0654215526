package io.shardquake.workloads.generator;

/** The generator that asks for nothing. */
enum Nothing implements Generator {
  NOTHING;

  @Override
  public Step next(GeneratorContext context) {
    return Step.exhausted();
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    return this;
  }
}
