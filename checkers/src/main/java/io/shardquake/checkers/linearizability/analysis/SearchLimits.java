package io.shardquake.checkers.linearizability.analysis;

import io.shardquake.checkers.Limits;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Bounds of one search, polled by it: a deadline, a bound on memory, and cancellation by another
 * thread. Thread-safe. An algorithm asks at least every few thousand steps and before it grows a
 * large array, and ends as {@link Analysis.Unknown} with the cause that it was given.
 */
public final class SearchLimits {
  private final long startedNanos;
  private final Duration time;
  private final long memoryBytes;
  private final AtomicReference<Optional<String>> cancelled =
      new AtomicReference<>(Optional.empty());

  private SearchLimits(Duration time, long memoryBytes) {
    this.startedNanos = System.nanoTime();
    this.time = time;
    this.memoryBytes = memoryBytes;
  }

  /** Limits whose time starts now. */
  public static SearchLimits startingNow(Limits limits) {
    return new SearchLimits(limits.time(), limits.memoryBytes());
  }

  /** No limits but those of the machine. */
  public static SearchLimits none() {
    return new SearchLimits(Duration.ofDays(36_500), Long.MAX_VALUE);
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
    Optional<String> cause = cancelled.get();
    if (cause.isPresent()) {
      return cause;
    }
    if (heldBytes > memoryBytes) {
      return Optional.of("memory limit of %,d MiB".formatted(memoryBytes >> 20));
    }
    if (elapsedNanos() > time.toNanos()) {
      return Optional.of("time limit of " + seconds(time));
    }
    return Optional.empty();
  }

  /** Since the limits were made. */
  public long elapsedNanos() {
    return System.nanoTime() - startedNanos;
  }

  private static String seconds(Duration time) {
    return "%.3f s".formatted(time.toNanos() / 1e9);
  }
}
