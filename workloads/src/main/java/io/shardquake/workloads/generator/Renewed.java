package io.shardquake.workloads.generator;

/** On one worker: starts over whenever a new process takes the worker. */
record Renewed(Generator fresh, int process, Generator current) implements Generator {
  static final int NO_PROCESS = -1;

  @Override
  public Step next(GeneratorContext context) {
    int now = context.processOf(context.firstWorker());
    Generator asked = now == process ? current : fresh;
    return asked.next(context).withRest(rest -> new Renewed(fresh, now, rest));
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    return event.process() == process
        ? new Renewed(fresh, process, current.update(context, event))
        : this;
  }
}
