package io.shardquake.harness.junit;

import java.time.Duration;

/** Something that is broken, until it is healed: at the latest when the test ends. */
public interface Disturbance extends AutoCloseable {
  /** What a test does meanwhile. */
  @FunctionalInterface
  interface Action {
    void perform() throws Exception;
  }

  /** Heals it; returns when it is healed. Idempotent. */
  void heal();

  /** Lets it last for so long, and heals it. */
  void during(Duration time);

  /** Lets it last while something is done, and heals it whatever comes of that. */
  default void during(Action action) throws Exception {
    try (this) {
      action.perform();
    }
  }

  /** Heals it. */
  @Override
  default void close() {
    heal();
  }
}
