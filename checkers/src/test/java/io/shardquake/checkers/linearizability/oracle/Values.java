package io.shardquake.checkers.linearizability.oracle;

import io.shardquake.checkers.history.Value;
import java.util.random.RandomGenerator;

/** Values to write: new ones, or from a small stock. */
final class Values {
  private static final int STOCK = 3;

  private final double fresh;
  private int next = STOCK;

  /**
   * @param fresh how likely a value is to be one that was not used before
   */
  Values(double fresh) {
    this.fresh = fresh;
  }

  /** A value to write. */
  Value write(RandomGenerator random) {
    return random.nextDouble() < fresh ? Value.of(next++) : Value.of(random.nextInt(STOCK));
  }

  /** A value that may have been written, or not. */
  Value guess(RandomGenerator random) {
    return random.nextInt(8) == 0 ? Value.nil() : Value.of(random.nextInt(next + 1));
  }
}
