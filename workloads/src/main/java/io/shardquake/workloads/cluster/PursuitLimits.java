package io.shardquake.workloads.cluster;

import java.time.Duration;

/**
 * Bounds on what one operation may try. The time-out of the whole operation comes on top.
 *
 * @param maxRedirects how many redirections (MOVED, ASK, TRYAGAIN) are followed
 * @param firstBackoff how long to wait after the first TRYAGAIN; doubled after each further one
 * @param maxBackoff the longest wait
 */
record PursuitLimits(int maxRedirects, Duration firstBackoff, Duration maxBackoff) {
  /** Sixteen redirections; waits from 2 to 64 milliseconds. */
  static final PursuitLimits DEFAULT =
      new PursuitLimits(16, Duration.ofMillis(2), Duration.ofMillis(64));

  /** How long to wait after so many earlier waits. */
  long backoffNanos(int earlier) {
    long nanos = firstBackoff.toNanos();
    for (int i = 0; i < earlier && nanos < maxBackoff.toNanos(); i++) {
      nanos *= 2;
    }
    return Math.min(nanos, maxBackoff.toNanos());
  }
}
