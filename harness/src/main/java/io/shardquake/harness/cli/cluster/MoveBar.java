package io.shardquake.harness.cli.cluster;

import io.shardquake.harness.cli.Console;
import io.shardquake.harness.cluster.move.MoveProgress;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Shows on a terminal how far a reshard has got: one line on standard error, drawn again when
 * something has moved and a moment has passed. Shows nothing elsewhere. Thread-safe.
 */
final class MoveBar implements MoveProgress, AutoCloseable {
  private static final long REDRAW_NANOS = 100_000_000;
  private static final String ERASE_LINE = "\r\u001b[K";
  private static final int WIDTH = 30;
  private static final double SECOND_NANOS = 1e9;

  private final Console console;
  private final LongSupplier clock;
  private final long allSlots;
  private final long allKeys;
  private final long start;
  private final LongAdder keys = new LongAdder();
  private final LongAdder slots = new LongAdder();
  private long drawn;

  /**
   * @param clock nanoseconds
   * @param allSlots how many slots are to be moved
   * @param allKeys how many keys they held at the beginning
   */
  MoveBar(Console console, LongSupplier clock, long allSlots, long allKeys) {
    this.console = console;
    this.clock = clock;
    this.allSlots = allSlots;
    this.allKeys = allKeys;
    this.start = clock.getAsLong();
    this.drawn = start;
  }

  @Override
  public void keys(int count) {
    keys.add(count);
    draw();
  }

  @Override
  public void slots(int count) {
    slots.add(count);
    draw();
  }

  /** How many keys have arrived. */
  long keysMoved() {
    return keys.sum();
  }

  private synchronized void draw() {
    long now = clock.getAsLong();
    if (console.liveErr() && now - drawn >= REDRAW_NANOS) {
      drawn = now;
      console.err().print(ERASE_LINE + text(now));
      console.err().flush();
    }
  }

  /** The line, at this time. */
  String text(long now) {
    long moved = keys.sum();
    long done = slots.sum();
    double seconds = Math.max(1, now - start) / SECOND_NANOS;
    // Clients create keys meanwhile; more than all cannot be done.
    double share =
        Math.min(1, allKeys > 0 ? (double) moved / allKeys : (double) done / Math.max(1, allSlots));
    int filled = (int) (share * WIDTH);
    String left = share > 0 ? time(seconds / share - seconds) : "?";
    return String.format(
        Locale.ROOT,
        "[%s%s] %,d/%,d slots  %,d/%,d keys  %,.0f keys/s  %s left",
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        done,
        allSlots,
        moved,
        allKeys,
        moved / seconds,
        left);
  }

  private static String time(double seconds) {
    long whole = Math.round(seconds);
    return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }

  /** Leaves the line empty. */
  @Override
  public synchronized void close() {
    if (console.liveErr()) {
      console.err().print(ERASE_LINE);
      console.err().flush();
    }
  }
}
