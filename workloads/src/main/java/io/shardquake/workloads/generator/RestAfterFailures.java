package io.shardquake.workloads.generator;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives a process nothing to do for a while after it has failed several times in a row.
 *
 * <p>A part of the cluster that refuses at once would otherwise be asked again at once: a dead
 * node's refusals would drown the history, and the processes that meet it would do nothing else.
 * One failure alone says little: a compare-and-set fails whenever the value differs.
 *
 * @param inARow after how many failures
 * @param restNanos for how long
 * @param failures the processes whose last operation failed
 * @param resting the processes that rest; all for equally long, so that the first ends first
 */
record RestAfterFailures(
    int inARow, long restNanos, List<Failures> failures, List<Rest> resting, Generator generator)
    implements Generator {
  /** How many operations of a process failed in a row. */
  record Failures(int process, int count) {}

  /** A process that rests until a time. */
  record Rest(int process, long endNanos) {}

  @Override
  public Step next(GeneratorContext context) {
    if (resting.isEmpty()) {
      return generator.next(context).withRest(rest -> with(failures, resting, rest));
    }
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
    return step.withRest(rest -> with(failures, left, rest));
  }

  @Override
  public Generator update(GeneratorContext context, GeneratorEvent event) {
    Generator updated = generator.update(context, event);
    if (!(event instanceof GeneratorEvent.Completed completed)) {
      return with(failures, resting, updated);
    }
    boolean failed = completed.result() == GeneratorEvent.Result.FAIL;
    if (!failed && failures.isEmpty()) {
      return with(failures, resting, updated);
    }
    int count = failed ? failuresOf(event.process()) + 1 : 0;
    if (count < inARow) {
      return with(counting(event.process(), count), resting, updated);
    }
    List<Rest> more = new ArrayList<>(resting);
    more.add(new Rest(event.process(), event.timeNanos() + restNanos));
    return with(counting(event.process(), 0), more, updated);
  }

  private RestAfterFailures with(List<Failures> counted, List<Rest> sleeping, Generator other) {
    return new RestAfterFailures(inARow, restNanos, counted, sleeping, other);
  }

  private int failuresOf(int process) {
    for (Failures counted : failures) {
      if (counted.process() == process) {
        return counted.count();
      }
    }
    return 0;
  }

  private List<Failures> counting(int process, int count) {
    List<Failures> counted = new ArrayList<>(failures.size() + 1);
    for (Failures other : failures) {
      if (other.process() != process) {
        counted.add(other);
      }
    }
    if (count > 0) {
      counted.add(new Failures(process, count));
    }
    return counted;
  }
}
