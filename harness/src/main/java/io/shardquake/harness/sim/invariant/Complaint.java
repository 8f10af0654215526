package io.shardquake.harness.sim.invariant;

import io.shardquake.harness.sim.node.SimNode;

/** Takes what is wrong. */
@FunctionalInterface
interface Complaint {
  /**
   * A rule is broken.
   *
   * @param node that broke it
   * @param kind kebab-case name of what happened
   * @param what happened, for humans
   */
  void of(SimNode node, String kind, String what);
}
