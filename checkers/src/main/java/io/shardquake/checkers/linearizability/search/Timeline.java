package io.shardquake.checkers.linearizability.search;

import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchEndedException;
import io.shardquake.checkers.linearizability.model.Effect;
import io.shardquake.checkers.linearizability.model.Model;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The events of one object in their order, and a slot for each operation that returns. Operations
 * of unknown outcome that only observe are left out: they can always be thought not to have
 * happened.
 */
final class Timeline {
  private static final int NO_SLOT = -1;
  private static final long BYTES_PER_EVENT = 12;

  private final ObjectHistory history;
  private final CallClasses classes;
  private final LimitPoll poll;
  private final int[] events;
  private final int[] returnEvent;
  private final int[] slotOf;
  private final int[][] infosOfClass;
  private final int slots;
  private final BitSet certainBefore = new BitSet();

  /**
   * The events of a history, its operations sorted into classes by a model.
   *
   * @param poll that this and whatever works on it is to ask
   * @throws SearchEndedException if the model does not know an operation, or a limit is met
   */
  static Timeline of(ObjectHistory history, Model model, LimitPoll poll) {
    return new Timeline(history, new CallClasses(history, model, poll), poll);
  }

  private Timeline(ObjectHistory history, CallClasses classes, LimitPoll poll) {
    this.history = history;
    this.classes = classes;
    this.poll = poll;
    poll.hold(BYTES_PER_EVENT * history.events());
    poll.now();
    this.slotOf = new int[history.size()];
    this.events = orderedEvents();
    this.returnEvent = new int[(int) Arrays.stream(events).filter(Timeline::isReturn).count()];
    this.slots = assignSlots();
    this.infosOfClass = infosByClass();
  }

  private int[] orderedEvents() {
    int[] byRank = new int[history.events()];
    Arrays.fill(byRank, -1);
    for (int op = 0; op < history.size(); op++) {
      poll.step();
      if (returns(op)) {
        byRank[history.call(op)] = op << 1;
        byRank[history.returned(op)] = op << 1 | 1;
      } else if (effect(op) != Effect.OBSERVES) {
        byRank[history.call(op)] = op << 1;
      }
    }
    int count = 0;
    for (int event : byRank) {
      byRank[count] = event;
      count += event >= 0 ? 1 : 0;
    }
    return Arrays.copyOf(byRank, count);
  }

  private int assignSlots() {
    BitSet taken = new BitSet();
    int most = 0;
    int returns = 0;
    boolean anyInfo = false;
    Arrays.fill(slotOf, NO_SLOT);
    for (int at = 0; at < events.length; at++) {
      poll.step();
      int op = operation(events[at]);
      if (isReturn(events[at])) {
        taken.clear(slotOf[op]);
        returnEvent[returns++] = at;
        boolean alone = taken.isEmpty() && !anyInfo && events[at - 1] == op << 1;
        certainBefore.set(returns, alone && effect(op) == Effect.OVERWRITES);
      } else if (returns(op)) {
        slotOf[op] = taken.nextClearBit(0);
        taken.set(slotOf[op]);
        most = Math.max(most, slotOf[op] + 1);
      } else {
        anyInfo = true;
      }
    }
    return most;
  }

  private int[][] infosByClass() {
    int[] count = infoCounts();
    int[][] byClass = new int[count.length][];
    Arrays.setAll(byClass, number -> new int[count[number]]);
    Arrays.fill(count, 0);
    for (int event : events) {
      poll.step();
      int op = operation(event);
      if (!returns(op)) {
        int number = classes.of(op);
        byClass[number][count[number]++] = op;
      }
    }
    return byClass;
  }

  private int[] infoCounts() {
    int[] count = new int[classes.size()];
    for (int event : events) {
      poll.step();
      if (!returns(operation(event))) {
        count[classes.of(operation(event))]++;
      }
    }
    return count;
  }

  static boolean isReturn(int event) {
    return (event & 1) != 0;
  }

  static int operation(int event) {
    return event >> 1;
  }

  /** What to ask in a long loop; throws {@link SearchEndedException} if a limit is met. */
  LimitPoll poll() {
    return poll;
  }

  ObjectHistory history() {
    return history;
  }

  CallClasses classes() {
    return classes;
  }

  Effect effect(int operation) {
    return classes.effect(classes.of(operation));
  }

  /** Whether the operation returns, so that it must be linearized. */
  boolean returns(int operation) {
    return history.returned(operation) != ObjectHistory.NEVER;
  }

  int events() {
    return events.length;
  }

  int event(int at) {
    return events[at];
  }

  /** Number of returns. */
  int returns() {
    return returnEvent.length;
  }

  /** Where among the events the return is that is {@code number}-th, from 0. */
  int returnAt(int number) {
    return returnEvent[number];
  }

  /** The operation whose return is {@code number}-th. */
  int returning(int number) {
    return operation(events[returnEvent[number]]);
  }

  /**
   * Whether every linearization of what returned before this return ends in the same state, with
   * nothing else open: an overwriter that overlapped no other operation was the last.
   */
  boolean isCertainBefore(int number) {
    return certainBefore.get(number);
  }

  /** The slot of an operation that returns. */
  int slot(int operation) {
    return slotOf[operation];
  }

  /** Number of slots. */
  int slots() {
    return slots;
  }

  /** The Info operations of a class in order of invocation. */
  int[] infos(int callClass) {
    return infosOfClass[callClass];
  }

  /** How many operations of unknown outcome are in it. */
  int infos() {
    return events.length - 2 * returnEvent.length;
  }

  /** Whether any operation of unknown outcome is in it. */
  boolean hasInfos() {
    return infos() > 0;
  }

  ConfigurationLayout layout(boolean countsInfos) {
    return new ConfigurationLayout(
        slots, Arrays.stream(infosOfClass).mapToInt(ops -> countsInfos ? ops.length : 0).toArray());
  }

  long bytes() {
    return events.length * 4L
        + returnEvent.length * 4L
        + slotOf.length * 4L
        + infosOfClass.length * 20L;
  }
}
