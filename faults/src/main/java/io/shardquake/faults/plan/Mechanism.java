package io.shardquake.faults.plan;

import java.util.Locale;

/** What a fault is injected with; a target that has none of it cannot inject the fault. */
public enum Mechanism {
  /** Nodes are processes that can be ended, stopped from running, and started again. */
  PROCESSES,
  /** A link proxy stands before every node. */
  LINK_PROXY,
  /** Nodes take commands of an administrator. */
  ADMINISTRATION,
  /** Slots can be moved from node to node. */
  RESHARDING,
  /** The directories that nodes keep their data in can be written to. */
  FILES;

  /** As {@code Capabilities} has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
