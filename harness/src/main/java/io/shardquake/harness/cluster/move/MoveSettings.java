package io.shardquake.harness.cluster.move;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How slots are moved.
 *
 * @param batch keys in one MIGRATE; empty to adapt it, so that a server is never held up for long
 * @param limit how long one MIGRATE may take before it counts as failed
 */
public record MoveSettings(OptionalInt batch, Duration limit) {
  public static final MoveSettings DEFAULT =
      new MoveSettings(OptionalInt.empty(), Duration.ofSeconds(60));

  public MoveSettings {
    if (batch.isPresent() && batch.getAsInt() < 1) {
      throw new IllegalArgumentException("a batch holds at least 1 key, not " + batch.getAsInt());
    }
  }
}
