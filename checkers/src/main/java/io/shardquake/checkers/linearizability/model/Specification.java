package io.shardquake.checkers.linearizability.model;

import io.shardquake.checkers.history.Value;
import java.util.List;
import java.util.function.Function;

/**
 * A well-known object, said as data, so that algorithms made for it can take the place of a search.
 * A model that names one promises that its {@link Model#step} does exactly what is written there.
 */
public sealed interface Specification {
  /** Applies the function for the object that this is. */
  <T> T match(
      Function<Register, T> register,
      Function<GrowingSet, T> set,
      Function<FifoQueue, T> fifoQueue,
      Function<UnorderedQueue, T> unorderedQueue);

  /**
   * {@code read} returns the value held; {@code write} replaces it; {@code cas} of {@code [expected
   * new]} replaces it if it is the expected one. A {@code cas} that returned {@code false} held
   * another value and changed nothing; every other {@code cas} that took effect replaced it.
   *
   * @param initial the value held at first
   * @param compareAndSet whether there is a {@code cas}
   */
  record Register(Value initial, boolean compareAndSet) implements Specification {
    @Override
    public <T> T match(
        Function<Register, T> register,
        Function<GrowingSet, T> set,
        Function<FifoQueue, T> fifoQueue,
        Function<UnorderedQueue, T> unorderedQueue) {
      return register.apply(this);
    }
  }

  /**
   * {@code add} puts an element in, once and for all; {@code read} returns all elements as a
   * sequence in any order, or nil if there are none.
   *
   * @param initial the elements at first
   */
  record GrowingSet(List<Value> initial) implements Specification {
    public GrowingSet {
      initial = List.copyOf(initial);
    }

    @Override
    public <T> T match(
        Function<Register, T> register,
        Function<GrowingSet, T> set,
        Function<FifoQueue, T> fifoQueue,
        Function<UnorderedQueue, T> unorderedQueue) {
      return set.apply(this);
    }
  }

  /**
   * {@code enqueue} appends; {@code dequeue} removes and returns the oldest, or returns nil if
   * there is none.
   *
   * @param initial what is queued at first, oldest first
   */
  record FifoQueue(List<Value> initial) implements Specification {
    public FifoQueue {
      initial = List.copyOf(initial);
    }

    @Override
    public <T> T match(
        Function<Register, T> register,
        Function<GrowingSet, T> set,
        Function<FifoQueue, T> fifoQueue,
        Function<UnorderedQueue, T> unorderedQueue) {
      return fifoQueue.apply(this);
    }
  }

  /**
   * {@code enqueue} puts in, {@code dequeue} removes and returns any, or returns nil if there is
   * none. A value may be in more than once.
   *
   * @param initial what is in at first
   */
  record UnorderedQueue(List<Value> initial) implements Specification {
    public UnorderedQueue {
      initial = List.copyOf(initial);
    }

    @Override
    public <T> T match(
        Function<Register, T> register,
        Function<GrowingSet, T> set,
        Function<FifoQueue, T> fifoQueue,
        Function<UnorderedQueue, T> unorderedQueue) {
      return unorderedQueue.apply(this);
    }
  }
}
