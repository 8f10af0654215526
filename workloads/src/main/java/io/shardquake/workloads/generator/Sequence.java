package io.shardquake.workloads.generator;

import java.util.List;

/** One generator after another; the next begins when the one before asks for nothing more. */
record Sequence(Generator current, List<Generator> following) implements Generator {
  @Override
  public Step next(GeneratorContext context) {
    Step step = current.next(context);
    for (int i = 0; i < following.size(); i++) {
      if (step != Step.exhausted()) {
        break;
      }
      step = following.get(i).next(context);
      if (step != Step.exhausted()) {
        List<Generator> later = following.subList(i + 1, following.size());
        return step.withRest(rest -> new Sequence(rest, later));
      }
    }
    return step.withRest(rest -> new Sequence(rest, following));
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    return new Sequence(current.update(context, event), following);
  }
}
