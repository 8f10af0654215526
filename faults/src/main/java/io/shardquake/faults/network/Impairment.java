package io.shardquake.faults.network;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What goes wrong with the bytes of a direction. Several can go wrong at once: {@link
 * #and(Impairment)}.
 *
 * @param drop nothing arrives while it lasts, but nothing is lost: like a packet filter that drops,
 *     whose losses TCP makes good afterwards. The end of a connection does not arrive either, and
 *     new connections are not answered
 * @param blackhole bytes are taken and thrown away, so that the sender believes them sent. A
 *     connection that has lost some this way is of no use any more, and is reset when this ends
 * @param reset connections are reset: those that there are at once, new ones as soon as they are
 *     opened
 * @param duplicate whoever is sent to receives every byte twice, on a second connection of its own,
 *     whose answers go nowhere. Affects connections that the sender opens; those that there are,
 *     are reset
 * @param delay how much later bytes arrive, in order; not negative
 * @param jitter by how much the delay may be more or less, evenly distributed; at most the delay
 * @param bytesPerSecond no more get through, all connections of the direction together; positive,
 *     {@link Long#MAX_VALUE} for no limit
 * @param lateClose how much later the end of a connection arrives; not negative
 * @param corruption how probable it is, for each piece of up to 64 KiB that arrives, that one of
 *     its bits is inverted, past all checksums of TCP; 0 to 1
 * @param loss the share of packets that is dropped, below TCP, which sends them again; 0 to 1
 */
public record Impairment(
    boolean drop,
    boolean blackhole,
    boolean reset,
    boolean duplicate,
    Duration delay,
    Duration jitter,
    long bytesPerSecond,
    Duration lateClose,
    double corruption,
    double loss) {
  /** Nothing goes wrong. */
  public static final Impairment NONE =
      new Impairment(
          false,
          false,
          false,
          false,
          Duration.ZERO,
          Duration.ZERO,
          Long.MAX_VALUE,
          Duration.ZERO,
          0,
          0);

  public Impairment {
    if (jitter.isNegative() || jitter.compareTo(delay) > 0) {
      throw new IllegalArgumentException(
          "a jitter lies between 0 and the delay, not " + jitter + " for " + delay);
    }
    if (bytesPerSecond <= 0) {
      throw new IllegalArgumentException(
          "a bandwidth is at least 1 byte per second, not " + bytesPerSecond);
    }
    if (lateClose.isNegative()) {
      throw new IllegalArgumentException("a connection cannot end before its end: " + lateClose);
    }
    requireShare(corruption);
    requireShare(loss);
  }

  private static void requireShare(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a probability lies between 0 and 1, not " + share);
    }
  }

  /** Only {@link #drop}. */
  public static Impairment dropping() {
    return only(draft -> draft.drop = true);
  }

  /** Only {@link #blackhole}. */
  public static Impairment swallowing() {
    return only(draft -> draft.blackhole = true);
  }

  /** Only {@link #reset}. */
  public static Impairment resetting() {
    return only(draft -> draft.reset = true);
  }

  /** Only {@link #duplicate}. */
  public static Impairment duplicating() {
    return only(draft -> draft.duplicate = true);
  }

  /** Only {@link #delay} and {@link #jitter}. */
  public static Impairment delaying(Duration delay, Duration jitter) {
    return only(
        draft -> {
          draft.delay = delay;
          draft.jitter = jitter;
        });
  }

  /** Only {@link #bytesPerSecond}. */
  public static Impairment limiting(long bytesPerSecond) {
    return only(draft -> draft.bytesPerSecond = bytesPerSecond);
  }

  /** Only {@link #lateClose}. */
  public static Impairment closingLate(Duration late) {
    return only(draft -> draft.lateClose = late);
  }

  /** Only {@link #corruption}. */
  public static Impairment corrupting(double probability) {
    return only(draft -> draft.corruption = probability);
  }

  /** Only {@link #loss}. */
  public static Impairment losing(double share) {
    return only(draft -> draft.loss = share);
  }

  private static Impairment only(Consumer<Draft> change) {
    Draft draft = new Draft();
    change.accept(draft);
    return draft.finish();
  }

  /**
   * Both at once: delays and jitters are summed, of bandwidths the least counts, of the late ends
   * and of the probabilities the greatest.
   */
  public Impairment and(Impairment other) {
    return new Impairment(
        drop || other.drop,
        blackhole || other.blackhole,
        reset || other.reset,
        duplicate || other.duplicate,
        delay.plus(other.delay),
        jitter.plus(other.jitter),
        Math.min(bytesPerSecond, other.bytesPerSecond),
        lateClose.compareTo(other.lateClose) > 0 ? lateClose : other.lateClose,
        Math.max(corruption, other.corruption),
        Math.max(loss, other.loss));
  }

  /** Whether bytes need not wait. */
  boolean isPrompt() {
    return !drop && !isShaping();
  }

  /** Whether bytes are held back for a time that follows from their number and chance. */
  boolean isShaping() {
    return !delay.isZero() || bytesPerSecond != Long.MAX_VALUE;
  }

  /** One in the making, of which nothing goes wrong yet. */
  private static final class Draft {
    private boolean drop = NONE.drop;
    private boolean blackhole = NONE.blackhole;
    private boolean reset = NONE.reset;
    private boolean duplicate = NONE.duplicate;
    private Duration delay = NONE.delay;
    private Duration jitter = NONE.jitter;
    private long bytesPerSecond = NONE.bytesPerSecond;
    private Duration lateClose = NONE.lateClose;
    private double corruption = NONE.corruption;
    private double loss = NONE.loss;

    private Impairment finish() {
      return new Impairment(
          drop,
          blackhole,
          reset,
          duplicate,
          delay,
          jitter,
          bytesPerSecond,
          lateClose,
          corruption,
          loss);
    }
  }
}
