package io.shardquake.checkers.linearizability.search;

import io.shardquake.checkers.linearizability.model.Effect;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * What is open just before a return: a cursor over the {@link Timeline} that moves from return to
 * return, both ways.
 */
final class Window {
  private final Timeline timeline;
  private final SlotMasks masks;
  private final SlotMasks masksAfterReturn;
  private final long[] freshObservers;
  private final int[] operationInSlot;

  /** Open operations that return and may change the state; the first to return is the last. */
  private final int[] mutators;

  private int mutatorCount;

  /** Classes of which Info operations have been called, by their first call. */
  private final int[] infoClasses;

  private int infoClassCount;
  private final int[] infosCalled;
  private int number = -1;
  private int nextEvent;

  Window(Timeline timeline) {
    this.timeline = timeline;
    int words = timeline.layout(false).slotWords;
    masks = new SlotMasks(words);
    masksAfterReturn = new SlotMasks(words);
    freshObservers = new long[words];
    operationInSlot = new int[timeline.slots()];
    mutators = new int[timeline.slots()];
    infoClasses = new int[timeline.classes().size()];
    infosCalled = new int[timeline.classes().size()];
    callUntilReturn();
    number = 0;
  }

  /** Moves to just before the return that is {@code target}-th, or to the end. */
  void moveTo(int target) {
    while (number < target) {
      close(timeline.returning(number));
      nextEvent++;
      callUntilReturn();
      number++;
    }
    while (number > target) {
      uncallUntilReturn();
      nextEvent--;
      number--;
      open(timeline.returning(number));
    }
    markFreshObservers();
  }

  private void callUntilReturn() {
    while (nextEvent < timeline.events() && !Timeline.isReturn(timeline.event(nextEvent))) {
      int op = Timeline.operation(timeline.event(nextEvent++));
      if (timeline.returns(op)) {
        open(op);
      } else {
        int callClass = timeline.classes().of(op);
        if (infosCalled[callClass]++ == 0) {
          infoClasses[infoClassCount++] = callClass;
        }
      }
    }
  }

  private void uncallUntilReturn() {
    while (!Timeline.isReturn(timeline.event(nextEvent - 1))) {
      int op = Timeline.operation(timeline.event(--nextEvent));
      if (timeline.returns(op)) {
        close(op);
      } else if (--infosCalled[timeline.classes().of(op)] == 0) {
        infoClassCount--;
      }
    }
  }

  private void open(int op) {
    int slot = timeline.slot(op);
    operationInSlot[slot] = op;
    mask(timeline.effect(op))[slot >> 6] |= 1L << slot;
    if (timeline.effect(op) != Effect.OBSERVES) {
      int at = mutatorCount++;
      while (at > 0 && returned(mutators[at - 1]) < returned(op)) {
        mutators[at] = mutators[at - 1];
        at--;
      }
      mutators[at] = op;
    }
  }

  private void close(int op) {
    int slot = timeline.slot(op);
    mask(timeline.effect(op))[slot >> 6] &= ~(1L << slot);
    if (timeline.effect(op) != Effect.OBSERVES) {
      int at = --mutatorCount;
      int moved = mutators[at];
      while (moved != op) {
        int nextMoved = mutators[--at];
        mutators[at] = moved;
        moved = nextMoved;
      }
    }
  }

  private int returned(int op) {
    return timeline.history().returned(op);
  }

  private long[] mask(Effect effect) {
    return switch (effect) {
      case OBSERVES -> masks.observers;
      case OVERWRITES -> masks.overwriters;
      case CHANGES -> masks.changers;
    };
  }

  private void markFreshObservers() {
    Arrays.fill(freshObservers, 0);
    for (int at = nextEvent; at > 0 && !Timeline.isReturn(timeline.event(at - 1)); at--) {
      int op = Timeline.operation(timeline.event(at - 1));
      if (timeline.returns(op) && timeline.effect(op) == Effect.OBSERVES) {
        freshObservers[timeline.slot(op) >> 6] |= 1L << timeline.slot(op);
      }
    }
  }

  /** Number of the return that the window stands before; the number of returns at the end. */
  int number() {
    return number;
  }

  boolean atEnd() {
    return number == timeline.returns();
  }

  /** The operation that returns next. */
  int returning() {
    return timeline.returning(number);
  }

  /** The open slots by kind; changes as the window moves. */
  SlotMasks masks() {
    return masks;
  }

  /**
   * The open slots by kind once the operation that returns next has returned: less its own, which
   * may by then belong to another operation, of another kind. Valid until the window moves.
   */
  SlotMasks masksAfterReturn() {
    masksAfterReturn.copyWithout(masks, timeline.slot(returning()));
    return masksAfterReturn;
  }

  /** Slots of observers that were called since the return before. */
  long[] freshObservers() {
    return freshObservers;
  }

  int operationIn(int slot) {
    return operationInSlot[slot];
  }

  /** Open operations that return. */
  IntStream open() {
    return IntStream.range(0, masks.observers.length)
        .boxed()
        .flatMapToInt(
            word -> {
              long open = masks.observers[word] | masks.overwriters[word] | masks.changers[word];
              return BitSet.valueOf(new long[] {open}).stream().map(bit -> word * 64 + bit);
            })
        .map(this::operationIn);
  }

  int mutators() {
    return mutatorCount;
  }

  /** An open operation that may change the state; greater numbers return earlier. */
  int mutator(int at) {
    return mutators[at];
  }

  int infoClasses() {
    return infoClassCount;
  }

  int infoClass(int at) {
    return infoClasses[at];
  }

  /** How many Info operations of the class have been called. */
  int infosCalled(int callClass) {
    return infosCalled[callClass];
  }
}
