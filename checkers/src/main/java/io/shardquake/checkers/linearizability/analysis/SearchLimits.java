package io.shardquake.checkers.linearizability.analysis;

import io.shardquake.checkers.Limits;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Bounds of one search, polled by it: a deadline, a bound on memory, cancellation by another
 * thread, and the interruption of its own. Thread-safe. An algorithm asks at least every few
 * thousand steps and before it grows a large array, and ends as {@link Analysis.Unknown} with the
 * cause that it was given.
 */
public final class SearchLimits {
  private final Optional<SearchLimits> whole;
  private final LongSupplier nanoClock;
  private final long startedNanos;
  private final Duration time;
  private final long memoryBytes;
  private final AtomicReference<Optional<String>> cancelled =
      new AtomicReference<>(Optional.empty());

  private SearchLimits(
      Optional<SearchLimits> whole, LongSupplier nanoClock, Duration time, long memoryBytes) {
    this.whole = whole;
    this.nanoClock = nanoClock;
    this.startedNanos = nanoClock.getAsLong();
    this.time = time;
    this.memoryBytes = memoryBytes;
  }

  /** Limits whose time starts now. */
  public static SearchLimits startingNow(Limits limits) {
    return startingNow(limits, System::nanoTime);
  }

  /**
   * Limits whose time is told by a clock of the caller's.
   *
   * @param nanoClock as {@link System#nanoTime}; safe for use by many threads
   */
  public static SearchLimits startingNow(Limits limits, LongSupplier nanoClock) {
    return new SearchLimits(Optional.empty(), nanoClock, limits.time(), limits.memoryBytes());
  }

  /** No limits but those of the machine. */
  public static SearchLimits none() {
    return new SearchLimits(
        Optional.empty(), System::nanoTime, Duration.ofDays(36_500), Long.MAX_VALUE);
  }

  /**
   * Limits for one of several searches that run at once: each may hold that part of the memory, and
   * each ends when these limits end, or when it is cancelled for itself.
   */
  public SearchLimits share(int searches) {
    return new SearchLimits(Optional.of(this), nanoClock, time, memoryBytes / searches);
  }

  /** Limits for an attempt that may take this long, but ends when these limits end. */
  public SearchLimits attempt(Duration attempt) {
    return new SearchLimits(Optional.of(this), nanoClock, attempt, memoryBytes);
  }

  /** Ends the search soon, for the cause given; the first cause stands. */
  public void cancel(String cause) {
    cancelled.compareAndSet(Optional.empty(), Optional.of(cause));
  }

  /**
   * Why the search must end now, if it must.
   *
   * @param heldBytes the memory that the search's own data holds
   */
  public Optional<String> exceeded(long heldBytes) {
    Optional<String> cause = cancelled.get().or(() -> whole.flatMap(limits -> limits.exceeded(0)));
    if (cause.isPresent()) {
      return cause;
    }
    if (Thread.currentThread().isInterrupted()) {
      return Optional.of("interruption");
    }
    if (heldBytes > memoryBytes) {
      return Optional.of("memory limit of " + size(memoryBytes));
    }
    if (elapsedNanos() > time.toNanos()) {
      return Optional.of("time limit of %.3f s".formatted(time.toNanos() / 1e9));
    }
    return Optional.empty();
  }

  private static String size(long bytes) {
    return bytes % (1 << 20) == 0
        ? "%,d MiB".formatted(bytes >> 20)
        : "%,d KiB".formatted(bytes >> 10);
  }

  /** Since the limits were made. */
  public long elapsedNanos() {
    return nanoClock.getAsLong() - startedNanos;
  }
}
