package io.shardquake.faults.network;

import java.time.Duration;
import java.util.List;

/**
 * What carries the bytes between nodes and clients, and can be made to do it badly. Thread-safe.
 */
public interface Network {
  /**
   * Lets something go wrong in these directions, in addition to what goes wrong there already.
   *
   * @throws IllegalArgumentException if there is no such node
   */
  Imposition impose(List<Direction> where, Impairment what);

  /**
   * Lets something come and go in these directions, beginning with coming.
   *
   * @param on how long each time; positive
   * @param off how long in between; positive
   * @throws IllegalArgumentException if there is no such node
   */
  Imposition flap(List<Direction> where, Impairment what, Duration on, Duration off);

  /**
   * What has become of the bytes of a direction so far.
   *
   * @throws IllegalArgumentException if there is no such node
   */
  Traffic traffic(Direction direction);
}
