package io.shardquake.workloads.generator;

import java.util.function.UnaryOperator;

/** A generator's answer. */
public sealed interface Step {
  /** The same answer with another generator to follow: the given one, changed. */
  Step withRest(UnaryOperator<Generator> change);

  /**
   * Invoke this operation.
   *
   * @param timeNanos not before this time, since the start of the run; the context's now or later
   * @param process which one; free in the context that was asked with
   * @param request what to invoke
   * @param rest the generator that follows, once the operation has been invoked
   */
  record Emit(long timeNanos, int process, Request request, Generator rest) implements Step {
    @Override
    public Emit withRest(UnaryOperator<Generator> change) {
      return new Emit(timeNanos, process, request, change.apply(rest));
    }

    Emit at(long otherNanos) {
      return new Emit(otherNanos, process, request, rest);
    }
  }

  /**
   * Nothing now, but perhaps after a completion or at a later time.
   *
   * @param wakeNanos when to ask again at the latest, since the start of the run; {@link
   *     Long#MAX_VALUE} if only a completion can change the answer
   * @param rest the generator to ask then
   */
  record Pending(long wakeNanos, Generator rest) implements Step {
    @Override
    public Pending withRest(UnaryOperator<Generator> change) {
      return new Pending(wakeNanos, change.apply(rest));
    }

    Pending noLaterThan(long otherNanos) {
      return new Pending(Math.min(wakeNanos, otherNanos), rest);
    }
  }

  /** Nothing, ever again. */
  enum Exhausted implements Step {
    EXHAUSTED;

    @Override
    public Exhausted withRest(UnaryOperator<Generator> change) {
      return this;
    }
  }

  /** To be asked again after the next completion. */
  static Step pending(Generator rest) {
    return new Pending(Long.MAX_VALUE, rest);
  }

  /** The end of a generator. */
  static Step exhausted() {
    return Exhausted.EXHAUSTED;
  }
}
