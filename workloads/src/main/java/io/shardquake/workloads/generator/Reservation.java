package io.shardquake.workloads.generator;

/**
 * Workers that are kept for one generator.
 *
 * @param workers how many; at least 1
 * @param generator what they do
 */
public record Reservation(int workers, Generator generator) {
  public Reservation {
    if (workers < 1) {
      throw new IllegalArgumentException("a reservation needs at least one worker: " + workers);
    }
  }
}
