package io.shardquake.checkers.linearizability.search;

import static io.shardquake.checkers.linearizability.search.ConfigurationLayout.FREE;
import static io.shardquake.checkers.linearizability.search.ConfigurationLayout.HEAD;

import io.shardquake.checkers.linearizability.model.Effect;
import io.shardquake.checkers.linearizability.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The graph that the searches walk, and the rules that keep it small.
 *
 * <p><b>Configurations.</b> A configuration stands just before a return. It says which state the
 * object is in and what became of each operation that is open there: <em>pending</em>,
 * <em>done</em> (linearized), or <em>free</em> (see below). It is <em>good</em> if some order of
 * further operations, legal from its state, contains each pending one and each one called later
 * that returns, may contain free and Info ones, and respects real time. The history is linearizable
 * if and only if the initial configuration is good. A step linearizes an open operation. A
 * configuration in which the operation that returns next is done or free passes to the next return.
 * An edge keeps goodness backwards (if the target is good, so is the source); the rules below leave
 * out edges and configurations such that from a good one some good one is still reached.
 *
 * <p><b>Just in time</b> (Lowe 2017). Steps are taken only at a return whose operation is not done,
 * and only until it is: any order keeps its legality when each point in it is put off to the
 * earliest return of an operation at or after that point. A free operation may also return without
 * having been done, for the orders that leave it out.
 *
 * <p><b>Observers at once.</b> An operation that never changes the state ({@link Effect#OBSERVES})
 * is done as soon as it is open and consistent. The further order that a good configuration has,
 * without that observer, is one for the configuration with the observer done.
 *
 * <p><b>Free overwriters.</b> When a step linearizes an overwriter x ({@link Effect#OVERWRITES}),
 * every other pending overwriter w that is open becomes free: it may still be linearized later, and
 * it may be left out for ever, because it can be thought to happen just before x, where it is
 * consistent (overwriters are, in every state), within its time (it is open), and without trace (x
 * leads to the same state from everywhere).
 *
 * <p><b>Bare steps.</b> A step that was not needed for its own sake, that is an overwriter, a free
 * operation or an Info operation, is bare if no observer used the state it led to. No overwriter
 * follows a bare step: leaving the bare step out leads to a configuration at least as good, with
 * that operation free or unused.
 *
 * <p><b>Equal operations in order of return.</b> Of open operations in one class only the one that
 * returns first is linearized, Info operations last: in any order that uses another one first, the
 * two can change places (both are open when the first of the two places is taken, and the earlier
 * return bounds the earlier place). So Info operations of one class need only be counted.
 *
 * <p><b>Dominance.</b> X dominates Y if they agree on the state and, operation by operation, X is
 * at least as well off: free is at least as good as done and as pending; for an observer done is at
 * least as good as pending; an unused Info operation is at least as good as a used one; and X may
 * be not bare where Y is. What an order does for Y it does for X, less what X has no need of. A
 * dominated configuration is dropped. In a depth-first search this is dead-end learning: whatever a
 * failed configuration dominates fails too.
 *
 * <p><b>What can wait, waits:</b> see {@link #canWait}.
 *
 * <p><b>States that do not matter</b> (see {@link Demand}). In a state that no open or later
 * operation asks for, only an overwriter can follow; so all such states are one. An Info operation
 * that leads there is left out, and so is an overwriter, unless it is the one that must return now:
 * before the overwriter that follows, it would leave no trace.
 *
 * <p><b>What nothing can supply</b> (see {@link Supply}). A configuration is dropped at once if an
 * operation that must happen needs a value that is gone for good.
 */
final class Linearizer {
  /** Takes what {@link #expand} finds. */
  interface Successors {
    /**
     * Takes one successor.
     *
     * @param configuration a buffer, valid during the call only
     * @param operation what was linearized to reach it
     */
    void accept(long[] configuration, int operation);
  }

  /** In place of the parent of an entry that has none. */
  static final int NO_PARENT = -1;

  /** In place of the operation of a step that linearized none. */
  static final int NO_OPERATION = -1;

  /** The tag of an entry that no step led to. */
  static final long NO_TAG = tag(NO_PARENT, NO_OPERATION);

  private final Timeline timeline;
  private final CallClasses classes;
  private final TransitionTable table;
  private final ConfigurationLayout layout;
  private final Window window;
  private final Reductions reductions;
  private final Supply supply;
  private final long[] buffer;
  private final int[] triedClass;
  private int round;

  /**
   * Makes a graph and a window on it, which stands at its beginning.
   *
   * @param reductions what may be left out
   */
  Linearizer(Timeline timeline, ValueFlow flow, Model initial, Reductions reductions) {
    this.timeline = timeline;
    this.classes = timeline.classes();
    this.reductions = reductions;
    this.table = new TransitionTable(classes, initial, flow, new Demand(timeline, flow));
    this.layout = timeline.layout(reductions.countsInfos());
    this.window = new Window(timeline);
    this.supply = new Supply(timeline, window, flow, layout);
    this.buffer = new long[layout.words];
    this.triedClass = new int[classes.size()];
  }

  Window window() {
    return window;
  }

  ConfigurationLayout layout() {
    return layout;
  }

  TransitionTable table() {
    return table;
  }

  long[] initialConfiguration() {
    long[] configuration = new long[layout.words];
    configuration[HEAD] = ConfigurationLayout.head(0, table.initial());
    return configuration;
  }

  /** Linearizes the observers among the slots that are consistent with the state. */
  boolean observe(long[] configuration, long[] slots) {
    boolean any = false;
    int state = ConfigurationLayout.state(configuration[HEAD]);
    for (int i = 0; i < layout.slotWords; i++) {
      long pending = slots[i] & ~configuration[layout.done + i];
      for (; pending != 0; pending &= pending - 1) {
        int slot = (i << 6) + Long.numberOfTrailingZeros(pending);
        if (table.step(state, classes.of(window.operationIn(slot))) == state) {
          layout.setDone(configuration, slot);
          any = true;
        }
      }
    }
    return any;
  }

  /** Whether the operation that returns next may return. */
  boolean mayPass(long[] configuration) {
    return mustPass(configuration)
        || layout.isFree(configuration, timeline.slot(window.returning()));
  }

  /** Whether the operation that returns next has been linearized, so that nothing need be done. */
  boolean mustPass(long[] configuration) {
    return layout.isDone(configuration, timeline.slot(window.returning()));
  }

  /** Forgets the operation that returns, and goes to the next position. */
  void pass(long[] configuration) {
    layout.clear(configuration, timeline.slot(window.returning()));
    int state = ConfigurationLayout.state(configuration[HEAD]);
    int position = window.number() + 1;
    if (position < timeline.returns() && !matters(state, position)) {
      state = table.forgotten();
    }
    configuration[HEAD] = ConfigurationLayout.head(position, state);
  }

  private boolean matters(int state, int position) {
    return !reductions.byDemand()
        || table.matters(state, timeline.history().returned(timeline.returning(position)));
  }

  /** Linearizes each open operation that the rules allow, one at a time. */
  void expand(long[] configuration, Successors successors) {
    round++;
    boolean bare = ConfigurationLayout.isBare(configuration[HEAD]);
    for (int at = window.mutators() - 1; at >= 0; at--) {
      int op = window.mutator(at);
      int callClass = classes.of(op);
      if (triedClass[callClass] != round && !layout.isDone(configuration, timeline.slot(op))) {
        triedClass[callClass] = round;
        if (!bare || classes.effect(callClass) != Effect.OVERWRITES) {
          linearize(configuration, op, callClass, successors);
        }
      }
    }
    for (int at = 0; at < window.infoClasses(); at++) {
      int callClass = window.infoClass(at);
      if (triedClass[callClass] != round
          && (!bare || classes.effect(callClass) != Effect.OVERWRITES)) {
        int used = reductions.countsInfos() ? layout.count(configuration, callClass) : 0;
        if (used < window.infosCalled(callClass)) {
          linearize(configuration, timeline.infos(callClass)[used], callClass, successors);
        }
      }
    }
  }

  private void linearize(long[] configuration, int op, int callClass, Successors successors) {
    int next = table.step(ConfigurationLayout.state(configuration[HEAD]), callClass);
    if (next >= 0) {
      if (matters(next, window.number())) {
        linearizeTo(next, configuration, op, callClass, successors);
      } else if (isNeededForItself(configuration, op, callClass)) {
        linearizeTo(table.forgotten(), configuration, op, callClass, successors);
      }
    } else if (next != TransitionTable.INCONSISTENT) {
      for (int choice : table.choices(next)) {
        linearizeTo(choice, configuration, op, callClass, successors);
      }
    }
  }

  /** Whether to linearize the operation although the state that it leads to does not matter. */
  private boolean isNeededForItself(long[] configuration, int op, int callClass) {
    if (!timeline.returns(op)) {
      return false;
    }
    return classes.effect(callClass) == Effect.CHANGES
        || (op == window.returning() && !layout.isFree(configuration, timeline.slot(op)));
  }

  private void linearizeTo(
      int state, long[] configuration, int op, int callClass, Successors successors) {
    System.arraycopy(configuration, 0, buffer, 0, buffer.length);
    boolean needless = !timeline.returns(op);
    if (needless) {
      if (reductions.countsInfos()) {
        layout.countOne(buffer, callClass);
      }
    } else {
      needless = layout.isFree(buffer, timeline.slot(op));
      layout.setDone(buffer, timeline.slot(op));
    }
    if (classes.effect(callClass) == Effect.OVERWRITES) {
      needless = true;
      for (int i = 0; i < layout.slotWords; i++) {
        buffer[FREE + i] |= window.masks().overwriters[i] & ~buffer[layout.done + i];
      }
    }
    buffer[HEAD] = ConfigurationLayout.withState(buffer[HEAD], state) & ~ConfigurationLayout.BARE;
    boolean observed = observe(buffer, window.masks().observers);
    if (needless && !observed) {
      buffer[HEAD] |= ConfigurationLayout.BARE;
    }
    if (!leadsNowhere(buffer)) {
      successors.accept(buffer, op);
    }
  }

  /** Whether it is plain that the configuration is not good; see {@link Supply}. */
  boolean leadsNowhere(long[] configuration) {
    return reductions.bySupply()
        && supply.isExhausted(
            configuration, table.held(ConfigurationLayout.state(configuration[HEAD])));
  }

  /**
   * Whether the step that led to {@code entry} could as well have waited for a later return: done
   * after the returning operation instead of before it, it leads to the same state, and no observer
   * has used the state between. Then the configuration {@code reached} by the returning operation
   * is needless: the one that skips the first step leads to it later.
   */
  boolean canWait(ConfigurationSet visited, int entry, long[] reached) {
    int parent = parent(visited.tag(entry));
    if (parent == NO_PARENT) {
      return false;
    }
    long before = visited.word(parent, HEAD);
    int callClass = classes.of(window.returning());
    if (ConfigurationLayout.position(before) != window.number()
        || (ConfigurationLayout.isBare(before) && classes.effect(callClass) == Effect.OVERWRITES)) {
      return false;
    }
    for (int i = layout.done; i < layout.counts; i++) {
      long changed = visited.word(entry, i) ^ visited.word(parent, i);
      if ((changed & window.masks().observers[i - layout.done]) != 0) {
        return false;
      }
    }
    int swapped = table.step(ConfigurationLayout.state(before), callClass);
    return swapped >= 0
        && table.step(swapped, classes.of(operation(visited.tag(entry))))
            == ConfigurationLayout.state(reached[HEAD]);
  }

  /**
   * The operation that some order leading to a configuration ends with.
   *
   * @param before the entry in the set of the configuration before a step
   * @param step what the step linearized, or what came last before if it linearized nothing
   * @param after the configuration after the step and the observers that followed it
   */
  int last(ConfigurationSet set, int before, int step, long[] after) {
    for (int i = 0; i < layout.slotWords; i++) {
      long observed =
          after[layout.done + i] & ~set.word(before, layout.done + i) & window.masks().observers[i];
      if (observed != 0) {
        return window.operationIn((i << 6) + Long.numberOfTrailingZeros(observed));
      }
    }
    return step;
  }

  /**
   * The configuration for people.
   *
   * @param last what led to it last, or {@link #NO_OPERATION}
   */
  DeadEnd.FinalConfiguration describe(long[] configuration, int last) {
    List<Integer> pending = new ArrayList<>();
    window
        .open()
        .filter(op -> !layout.isDone(configuration, timeline.slot(op)))
        .forEach(pending::add);
    for (int at = 0; at < window.infoClasses(); at++) {
      int callClass = window.infoClass(at);
      int used = reductions.countsInfos() ? layout.count(configuration, callClass) : 0;
      for (int info = used; info < window.infosCalled(callClass); info++) {
        pending.add(timeline.infos(callClass)[info]);
      }
    }
    pending.sort(Integer::compare);
    return new DeadEnd.FinalConfiguration(
        table.state(ConfigurationLayout.state(configuration[HEAD])),
        last == NO_OPERATION ? OptionalInt.empty() : OptionalInt.of(last),
        pending);
  }

  /** Removes all but those configurations that have used the fewest Info operations. */
  void keepFrugal(ConfigurationSet set, int most) {
    int[] live = IntStream.range(0, set.size()).filter(set::lives).toArray();
    if (live.length > most) {
      long[] byUse = new long[live.length];
      Arrays.setAll(byUse, i -> (long) layout.used(set, live[i]) << 32 | live[i]);
      Arrays.sort(byUse);
      Arrays.stream(byUse).skip(most).forEach(entry -> set.remove((int) entry));
    }
  }

  /** An entry's tag: from which entry it was reached, by linearizing which operation. */
  static long tag(int parent, int operation) {
    return (long) parent << 32 | (operation & 0xffff_ffffL);
  }

  static int parent(long tag) {
    return (int) (tag >> 32);
  }

  static int operation(long tag) {
    return (int) tag;
  }

  long bytes() {
    return classes.bytes() + timeline.bytes() + table.bytes();
  }
}
