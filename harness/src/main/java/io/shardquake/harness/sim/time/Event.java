package io.shardquake.harness.sim.time;

/** Something that happens at a time. It may let more happen, now or later. */
@FunctionalInterface
public interface Event {
  void happen();
}
