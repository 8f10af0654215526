package io.shardquake.faults.network;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What goes wrong where.
 *
 * @param where in which directions
 * @param what goes wrong there
 * @param rhythm how it comes and goes; empty if it stays
 */
public record Damage(List<Direction> where, Impairment what, Optional<Rhythm> rhythm) {
  public Damage {
    where = List.copyOf(where);
  }

  /** Damage that stays until it is repaired. */
  public Damage(List<Direction> where, Impairment what) {
    this(where, what, Optional.empty());
  }

  /**
   * How something comes and goes.
   *
   * @param on how long each time; positive
   * @param off how long in between; positive
   */
  public record Rhythm(Duration on, Duration off) {}

  /** Does it to this network. */
  public Imposition to(Network network) {
    return rhythm
        .map(flap -> network.flap(where, what, flap.on(), flap.off()))
        .orElseGet(() -> network.impose(where, what));
  }
}
