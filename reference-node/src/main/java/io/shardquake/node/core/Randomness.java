package io.shardquake.node.core;

import java.util.random.RandomGenerator;

/**
 * The node's only source of chance, seeded from outside. Not thread-safe.
 *
 * @param generator where the bits come from
 */
public record Randomness(RandomGenerator generator) {
  private static final String HEX = "0123456789abcdef";

  /** Uniform in {@code [0, bound)}; {@code bound} must be positive. */
  public int below(int bound) {
    return generator.nextInt(bound);
  }

  public long nextLong() {
    return generator.nextLong();
  }

  /** Lower-case hexadecimal digits, as in node IDs and replication IDs. */
  public String hex(int digits) {
    StringBuilder text = new StringBuilder(digits);
    for (int i = 0; i < digits; i++) {
      text.append(HEX.charAt(generator.nextInt(16)));
    }
    return text.toString();
  }
}
