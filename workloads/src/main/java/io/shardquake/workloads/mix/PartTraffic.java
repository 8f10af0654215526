package io.shardquake.workloads.mix;

import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.generator.GeneratorContext;
import io.shardquake.workloads.generator.GeneratorEvent;
import io.shardquake.workloads.generator.Step;

/** The traffic of one workload in a mixture, which hears of its own operations only. */
record PartTraffic(Part part, Generator generator) implements Generator {
  @Override
  public Step next(GeneratorContext context) {
    return generator.next(context).withRest(rest -> new PartTraffic(part, rest));
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    return part.has(event.request().key())
        ? new PartTraffic(part, generator.update(context, event))
        : this;
  }
}
