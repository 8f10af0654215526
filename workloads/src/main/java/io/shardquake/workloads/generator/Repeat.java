package io.shardquake.workloads.generator;

/** Requests without end, as fast as processes are free. */
record Repeat(RequestSource source) implements Generator {
  @Override
  public Step next(GeneratorContext context) {
    if (context.freeWorkers() == 0) {
      return Step.pending(this);
    }
    int process = context.anyFreeProcess();
    return new Step.Emit(context.nowNanos(), process, source.draw(context.random()), this);
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    return this;
  }
}
