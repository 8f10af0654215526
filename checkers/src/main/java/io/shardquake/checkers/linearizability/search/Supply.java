package io.shardquake.checkers.linearizability.search;

import java.util.Arrays;

/**
 * Finds configurations of a register that lead nowhere, before they are walked to their end: an
 * operation that must happen needs a value that is not held, that no open operation can put there
 * any more, and that nothing called before its return will put there.
 */
final class Supply {
  private final Timeline timeline;
  private final Window window;
  private final ValueFlow flow;
  private final ConfigurationLayout layout;

  /** For each value, the ranks of the calls that put it there, from {@code firstSource}. */
  private final int[] sourceCalls;

  private final int[] firstSource;
  private final int[] firstInfoSource;

  /** Slots of open operations that depend on open operations, what they need, and from which. */
  private final int[] dependents;

  private final int[] needs;
  private final long[][] sources;
  private int dependentCount;
  private int preparedFor = -1;

  Supply(Timeline timeline, Window window, ValueFlow flow, ConfigurationLayout layout) {
    this.timeline = timeline;
    this.window = window;
    this.flow = flow;
    this.layout = layout;
    this.firstSource = new int[flow.values() + 1];
    this.firstInfoSource = new int[flow.values()];
    this.sourceCalls = sourceCalls();
    this.dependents = new int[timeline.slots()];
    this.needs = new int[timeline.slots()];
    this.sources = new long[timeline.slots()][layout.slotWords];
  }

  private int[] sourceCalls() {
    Arrays.fill(firstInfoSource, Integer.MAX_VALUE);
    for (int at = 0; at < timeline.events(); at++) {
      timeline.poll().step();
      int given = given(at);
      if (given != ValueFlow.NONE) {
        firstSource[given + 1]++;
      }
    }
    for (int value = 1; value < firstSource.length; value++) {
      firstSource[value] += firstSource[value - 1];
    }
    int[] filled = Arrays.copyOf(firstSource, flow.values());
    int[] calls = new int[firstSource[flow.values()]];
    for (int at = 0; at < timeline.events(); at++) {
      timeline.poll().step();
      int given = given(at);
      if (given != ValueFlow.NONE) {
        int op = Timeline.operation(timeline.event(at));
        calls[filled[given]++] = timeline.history().call(op);
        if (!timeline.returns(op)) {
          firstInfoSource[given] = Math.min(firstInfoSource[given], timeline.history().call(op));
        }
      }
    }
    return calls;
  }

  /** The value that the event's operation puts there, if the event is a call. */
  private int given(int at) {
    int event = timeline.event(at);
    return Timeline.isReturn(event)
        ? ValueFlow.NONE
        : flow.givenBy(timeline.classes().of(Timeline.operation(event)));
  }

  /**
   * Whether the configuration, which stands where the window stands, leads nowhere.
   *
   * @param held number of the value that the register holds
   */
  boolean isExhausted(long[] configuration, int held) {
    if (preparedFor != window.number()) {
      prepare();
    }
    for (int i = 0; i < dependentCount; i++) {
      if (needs[i] != held
          && !layout.isDone(configuration, dependents[i])
          && !canBeSupplied(configuration, sources[i])) {
        return true;
      }
    }
    return false;
  }

  private boolean canBeSupplied(long[] configuration, long[] from) {
    for (int word = 0; word < from.length; word++) {
      if ((from[word] & ~configuration[layout.done + word]) != 0) {
        return true;
      }
    }
    return false;
  }

  private void prepare() {
    preparedFor = window.number();
    dependentCount = 0;
    long[] observers = window.masks().observers;
    for (int word = 0; word < observers.length; word++) {
      for (long open = observers[word]; open != 0; open &= open - 1) {
        addDependent(window.operationIn((word << 6) + Long.numberOfTrailingZeros(open)));
      }
    }
    for (int i = 0; i < window.mutators(); i++) {
      addDependent(window.mutator(i));
    }
  }

  private void addDependent(int op) {
    int needed = flow.neededBy(timeline.classes().of(op));
    if (needed == ValueFlow.NONE || hasOtherSource(needed, op)) {
      return;
    }
    dependents[dependentCount] = timeline.slot(op);
    needs[dependentCount] = needed;
    long[] from = sources[dependentCount++];
    Arrays.fill(from, 0);
    for (int i = 0; i < window.mutators(); i++) {
      if (flow.givenBy(timeline.classes().of(window.mutator(i))) == needed) {
        int slot = timeline.slot(window.mutator(i));
        from[slot >> 6] |= 1L << slot;
      }
    }
  }

  /** Whether an Info operation, or one called between now and its return, gives what it needs. */
  private boolean hasOtherSource(int needed, int op) {
    int now = timeline.history().returned(window.returning());
    if (firstInfoSource[needed] < now) {
      return true;
    }
    int next =
        -1 - Arrays.binarySearch(sourceCalls, firstSource[needed], firstSource[needed + 1], now);
    return next < firstSource[needed + 1] && sourceCalls[next] < timeline.history().returned(op);
  }
}
