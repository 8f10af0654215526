package io.shardquake.workloads.generator;

/**
 * What to do next, as a value: asking changes nothing, and the answer carries the generator that
 * follows. The idea and the combinators are Jepsen's ({@code jepsen.generator}).
 *
 * <p>The protocol between an interpreter and a generator {@code g}:
 *
 * <ol>
 *   <li>The interpreter asks {@code g.next(context)}.
 *   <li>For {@link Step.Emit} it may wait until the step's time. If meanwhile an operation
 *       completes, it drops the step, calls {@code g.update(context, completion)}, and asks the
 *       result anew. Otherwise it invokes the operation and goes on with {@code
 *       rest.update(context, invocation)}, in whose context the process is busy.
 *   <li>For {@link Step.Pending} it goes on with {@code rest} after the next completion (or the
 *       step's wake-up time, whichever is first).
 *   <li>For {@link Step.Exhausted} it waits for open operations and is done.
 * </ol>
 *
 * <p>Implementations are immutable. They take time and randomness from the context only.
 */
public interface Generator {
  /** The next thing to do, given what is free and what time it is. */
  Step next(GeneratorContext context);

  /**
   * The generator that knows of an event. A completion is reported when its process is free again
   * (and, after an unknown outcome, has already been succeeded by a new process).
   */
  Generator update(GeneratorContext context, GeneratorEvent event);
}
