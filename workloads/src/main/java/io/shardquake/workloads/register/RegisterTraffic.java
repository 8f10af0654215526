package io.shardquake.workloads.register;

import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.generator.GeneratorContext;
import io.shardquake.workloads.generator.GeneratorEvent;
import io.shardquake.workloads.generator.GeneratorEvent.Completed;
import io.shardquake.workloads.generator.RandomSource;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.generator.Step;
import io.shardquake.workloads.keys.ActiveKey;
import io.shardquake.workloads.keys.ActiveKeys;

/**
 * Reads, writes and compare-and-sets on random keys, without end. Every value is written to its key
 * once only, so that a value that is read tells which operation wrote it. A compare-and-set expects
 * the value that was last seen, so that most succeed.
 *
 * @param compareShare which part of the updates are compare-and-sets, where a value has been seen
 */
record RegisterTraffic(ActiveKeys keys, double readShare, double compareShare)
    implements Generator {
  @Override
  public Step next(GeneratorContext context) {
    if (context.freeWorkers() == 0) {
      return Step.pending(this);
    }
    RandomSource random = context.random();
    int process = context.anyFreeProcess();
    ActiveKey key = keys.any(random);
    boolean read = random.nextDouble() < readShare;
    Request request = read ? read(key) : update(key, random.nextDouble() < compareShare);
    Generator rest = with(keys.afterOperation(key, !read));
    return new Step.Emit(context.nowNanos(), process, request, rest);
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    if (event instanceof Completed completed && completed.result() == GeneratorEvent.Result.OK) {
      Value seen = valueAfter(completed);
      return with(keys.afterSeeing(event.request().key(), seen));
    }
    return this;
  }

  private RegisterTraffic with(ActiveKeys changed) {
    return new RegisterTraffic(changed, readShare, compareShare);
  }

  private static Request read(ActiveKey key) {
    return new Request(RegisterCommands.READ, key.name(), Value.nil());
  }

  private static Request update(ActiveKey key, boolean compare) {
    Value fresh = Value.of(key.nextNumber());
    return compare && !key.seen().isNil()
        ? new Request(RegisterCommands.CAS, key.name(), Value.pair(key.seen(), fresh))
        : new Request(RegisterCommands.WRITE, key.name(), fresh);
  }

  private static Value valueAfter(Completed completed) {
    Value argument = completed.request().value();
    return switch (completed.request().function()) {
      case RegisterCommands.WRITE -> argument;
      case RegisterCommands.CAS -> ((Value.Sequence) argument).items().get(1);
      default -> completed.value();
    };
  }
}
