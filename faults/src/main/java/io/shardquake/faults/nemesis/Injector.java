package io.shardquake.faults.nemesis;

import io.shardquake.faults.plan.FaultKind;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * How to inject one kind of fault, to prove that it bit, and to heal it. Its class says in prose
 * what the fault may break. What belongs to one fault is in its {@link Injection}, and in the
 * injector that it gets for itself by {@link #forOne()}. Called on the scheduler's thread; may not
 * block.
 */
public interface Injector {
  /** What it injects. */
  FaultKind kind();

  /** An injector for a single fault, which may remember between its beginning and its end. */
  default Injector forOne() {
    return this;
  }

  /**
   * Breaks the nodes and proves it. Bounded in time.
   *
   * @return one effect for each of the injection's nodes, in their order, and for others that it
   *     struck with them; a failed stage says that nothing is known, and counts as a miss
   */
  CompletionStage<List<Effect>> inject(Injection injection);

  /**
   * Ends the fault and proves that it has ended. Called once after each {@link #inject}, also when
   * that failed. May leave undone what another fault, still going on, wants so. Bounded in time.
   *
   * @return one effect for each of the injection's nodes, in their order
   */
  CompletionStage<List<Effect>> heal(Injection injection);
}
