package io.shardquake.workloads.cluster;

import io.shardquake.workloads.generator.Request;

/** Turns the requests of a workload into what is said to a cluster. Pure; thread-safe. */
@FunctionalInterface
public interface CommandMapping {
  /**
   * How to perform a request.
   *
   * @throws IllegalArgumentException if the workload has no such request
   */
  Conversation conversation(Request request);
}
