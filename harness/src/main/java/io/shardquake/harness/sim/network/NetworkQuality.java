package io.shardquake.harness.sim.network;

import io.shardquake.workloads.generator.RandomSource;

/**
 * How good the network is on a good day. A lost packet is what TCP makes of it: bytes that arrive
 * late, by a time-out for retransmission or several, and hold up what was sent after them.
 *
 * @param leastMicros the shortest that a packet takes from one machine to another
 * @param spreadMicros how much longer it may take; most take a small part of that
 * @param slowLaneFactor how many times slower than the best direction the worst is, at least 1
 * @param loss how probable it is that a packet is lost
 * @param retransmissionMillis after how long a lost packet is sent again; doubled each time
 */
public record NetworkQuality(
    int leastMicros, int spreadMicros, int slowLaneFactor, double loss, int retransmissionMillis) {
  /** Machines in one room. */
  public static final NetworkQuality GOOD = new NetworkQuality(50, 200, 2, 0, 200);

  private static final int MOST_LOSSES = 6;

  /** How long a packet takes. */
  long latencyNanos(RandomSource random, int factor) {
    long bits = random.nextLong();
    // The product of two uniform draws: small ones are more likely than great ones.
    long first = bits & 0xffff;
    long second = bits >>> 16 & 0xffff;
    long spread = ((spreadMicros * 1000L * first) >>> 16) * second / 0xffff;
    long nanos = factor * (leastMicros * 1000L + spread);
    if (loss > 0) {
      long wait = retransmissionMillis * 1_000_000L;
      for (int i = 0; i < MOST_LOSSES && random.nextDouble() < loss; i++) {
        nanos += wait;
        wait *= 2;
      }
    }
    return nanos;
  }

  /** How many times slower than the best one a direction is. */
  int laneFactor(RandomSource random) {
    return 1 + random.nextInt(slowLaneFactor);
  }
}
