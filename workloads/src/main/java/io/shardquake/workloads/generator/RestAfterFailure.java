package io.shardquake.workloads.generator;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives a process nothing to do for a while after it failed.
 *
 * <p>A part of the cluster that refuses at once would otherwise be asked again at once: a dead
 * node's refusals would drown the history, and the processes that meet it would do nothing else.
 */
record RestAfterFailure(long restNanos, List<Rest> resting, Generator generator)
    implements Generator {
  /** A process that rests until a time. All rests are equally long, so the first ends first. */
  record Rest(int process, long endNanos) {}

  @Override
  public Step next(GeneratorContext context) {
    GeneratorContext awake = context;
    List<Rest> left = new ArrayList<>(resting.size());
    for (Rest rest : resting) {
      if (rest.endNanos() > context.nowNanos()) {
        left.add(rest);
        awake = awake.withBusy(rest.process());
      }
    }
    Step step = generator.next(awake);
    if (step instanceof Step.Pending pending && !left.isEmpty()) {
      step = pending.noLaterThan(left.get(0).endNanos());
    }
    return step.withRest(rest -> new RestAfterFailure(restNanos, left, rest));
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    Generator updated = generator.update(context, event);
    if (event instanceof GeneratorEvent.Completed completed
        && completed.result() == GeneratorEvent.Result.FAIL) {
      List<Rest> more = new ArrayList<>(resting);
      more.add(new Rest(event.process(), event.timeNanos() + restNanos));
      return new RestAfterFailure(restNanos, more, updated);
    }
    return new RestAfterFailure(restNanos, resting, updated);
  }
}
