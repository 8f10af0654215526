package io.shardquake.workloads.keys;

import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.generator.GeneratorContext;
import io.shardquake.workloads.generator.GeneratorEvent;
import io.shardquake.workloads.generator.RandomSource;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.generator.Step;

/**
 * Requests on random keys in use, without end, that depend on nothing but the key and chance.
 *
 * @param choice what to ask
 */
public record KeyTraffic(ActiveKeys keys, Choice choice) implements Generator {
  /** Chooses what to ask of a key. */
  @FunctionalInterface
  public interface Choice {
    /**
     * A request on the key.
     *
     * @param random all it may do with the source is draw
     */
    Chosen on(ActiveKey key, RandomSource random);
  }

  /**
   * What to ask.
   *
   * @param numberUsed whether it takes the key's next number
   */
  public record Chosen(Request request, boolean numberUsed) {}

  @Override
  public Step next(GeneratorContext context) {
    if (context.freeWorkers() == 0) {
      return Step.pending(this);
    }
    int process = context.anyFreeProcess();
    ActiveKey key = keys.any(context.random());
    Chosen chosen = choice.on(key, context.random());
    Generator rest = new KeyTraffic(keys.afterOperation(key, chosen.numberUsed()), choice);
    return new Step.Emit(context.nowNanos(), process, chosen.request(), rest);
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    return this;
  }
}
