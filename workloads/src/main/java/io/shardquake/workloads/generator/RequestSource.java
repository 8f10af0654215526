package io.shardquake.workloads.generator;

/** Makes requests that depend on nothing but chance. */
@FunctionalInterface
public interface RequestSource {
  /** A request; all it may do with the source is draw. */
  Request draw(RandomSource random);
}
