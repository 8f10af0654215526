package io.shardquake.harness.sim.time;

/** Something that happens at a time. It may let more happen, now or later. */
@FunctionalInterface
public interface Event {
  void happen();

  /** Whether it has been called off, and so need not happen any more. */
  default boolean isOff() {
    return false;
  }
}
