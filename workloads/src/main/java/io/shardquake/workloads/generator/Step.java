package io.shardquake.workloads.generator;

/** A generator's answer. */
public sealed interface Step {
  /**
   * Invoke this operation.
   *
   * @param timeNanos not before this time, since the start of the run; the context's now or later
   * @param process which one; free in the context that was asked with
   * @param request what to invoke
   * @param rest the generator that follows, once the operation has been invoked
   */
  record Emit(long timeNanos, int process, Request request, Generator rest) implements Step {}

  /**
   * Nothing now, but perhaps after a completion or at a later time.
   *
   * @param wakeNanos when to ask again at the latest, since the start of the run; {@link
   *     Long#MAX_VALUE} if only a completion can change the answer
   * @param rest the generator to ask then
   */
  record Pending(long wakeNanos, Generator rest) implements Step {}

  /** Nothing, ever again. */
  enum Exhausted implements Step {
    EXHAUSTED
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
