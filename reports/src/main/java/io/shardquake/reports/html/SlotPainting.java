package io.shardquake.reports.html;

import io.shardquake.checkers.topology.SlotRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns one picture of all slots after the other into rectangles of slots and time, so that a slot
 * that does not change adds nothing however often the others do. Not thread-safe.
 */
final class SlotPainting {
  /** Slots {@code first} to {@code last} in one state; no owner if {@code owner} is null. */
  record Segment(int first, int last, long from, long to, @Nullable Integer owner, String open) {}

  private static final int UNSEEN = -2;
  private static final int NOBODY = -1;
  private static final int STRIDE = 1 << 16;

  private final int[] shown = filled(UNSEEN);
  private final long[] since = new long[SlotRange.SLOTS];
  private final int[] next = filled(UNSEEN);
  private final List<String> openStates = new ArrayList<>(List.of(""));
  private final List<Segment> segments = new ArrayList<>();
  private long now;

  private static int[] filled(int state) {
    int[] states = new int[SlotRange.SLOTS];
    Arrays.fill(states, state);
    return states;
  }

  /** Starts a picture, in which nothing is known of any slot until it is said. */
  void begin(long timeNanos) {
    commit();
    now = timeNanos;
    Arrays.fill(next, UNSEEN);
  }

  /** No slot has an owner, unless it is said hereafter. */
  void ownNothing() {
    Arrays.fill(next, NOBODY);
  }

  void own(SlotRange range, int owner) {
    Arrays.fill(next, range.first(), range.last() + 1, owner);
  }

  void open(int slot, String state) {
    int number = openStates.indexOf(state);
    if (number < 0) {
      number = openStates.size();
      openStates.add(state);
    }
    if (next[slot] >= 0) {
      next[slot] = next[slot] % STRIDE + number * STRIDE;
    }
  }

  /** All rectangles, by the time at which they end. */
  List<Segment> finish(long end) {
    begin(end);
    commit();
    return List.copyOf(segments);
  }

  private void commit() {
    for (int slot = 0; slot < SlotRange.SLOTS; ) {
      int end = slot + 1;
      if (next[slot] != shown[slot]) {
        while (end < SlotRange.SLOTS
            && next[end] != shown[end]
            && shown[end] == shown[slot]
            && since[end] == since[slot]) {
          end++;
        }
        emit(slot, end - 1);
        for (int changed = slot; changed < end; changed++) {
          shown[changed] = next[changed];
          since[changed] = now;
        }
      }
      slot = end;
    }
  }

  private void emit(int first, int last) {
    int state = shown[first];
    if (state == UNSEEN || since[first] == now) {
      return;
    }
    @Nullable Integer owner = state == NOBODY ? null : state % STRIDE;
    String open = state < 0 ? "" : openStates.get(state / STRIDE);
    segments.add(new Segment(first, last, since[first], now, owner, open));
  }
}
