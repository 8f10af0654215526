package io.shardquake.workloads.generator;

/**
 * A part of a mixture.
 *
 * @param weight how often it is chosen, relative to the other parts' weights; at least 1
 * @param generator what to ask then
 */
public record Share(int weight, Generator generator) {
  public Share {
    if (weight < 1) {
      throw new IllegalArgumentException("a part of a mixture weighs at least 1: " + weight);
    }
  }

  Share with(Generator other) {
    return new Share(weight, other);
  }
}
