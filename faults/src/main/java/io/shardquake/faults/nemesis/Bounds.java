package io.shardquake.faults.nemesis;

import java.time.Duration;

/**
 * How long a nemesis waits, so that no run hangs on a cluster that does not do as it is told.
 *
 * @param answer for a node's answer to one command
 * @param silence a node counts as silent that has not answered for this long
 * @param ending for a process to end, to stop, or to go on
 * @param starting for one attempt to start a node
 * @param healing for a node to run and answer again, however many attempts that takes
 * @param poll between two looks at what is awaited
 */
public record Bounds(
    Duration answer,
    Duration silence,
    Duration ending,
    Duration starting,
    Duration healing,
    Duration poll) {
  public static final Bounds DEFAULT =
      new Bounds(
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofSeconds(15),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofMillis(100));
}
