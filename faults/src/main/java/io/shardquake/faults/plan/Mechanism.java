package io.shardquake.faults.plan;

import java.util.Locale;

/** What a fault is injected with; a target that has none of it cannot inject the fault. */
public enum Mechanism {
  /** Nodes are processes that can be ended, stopped from running, and started again. */
  PROCESSES,
  /** Links between nodes can be cut, whichever way. */
  LINKS,
  /** A link proxy stands before every node, and can do to bytes what it likes. */
  LINK_PROXY,
  /** A packet filter stands between all nodes. */
  PACKET_FILTER,
  /** Nodes take commands of an administrator. */
  ADMINISTRATION,
  /** Slots can be moved from node to node. */
  RESHARDING,
  /** The directories that nodes keep their data in can be written to. */
  FILES,
  /** A shim stands between every node and its operating system. */
  SHIM,
  /** A node can be taken off its network as a whole. */
  DISCONNECTION,
  /** How much processor time a node gets can be limited. */
  PROCESSOR_LIMIT;

  /** As {@code Capabilities} has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
