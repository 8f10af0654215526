package io.shardquake.harness.sim.node;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import java.util.List;

/** Sees everything that nodes do, and changes nothing. */
public interface Witness {
  /** A node is about to take a turn. */
  default void turning(SimNode node, List<Input> inputs) {}

  /** A node has taken a turn, and nothing of it has been performed yet. */
  default void turned(SimNode node, List<Effect> effects) {}

  /** An effect is about to be performed. */
  default void performing(SimNode node, Effect effect) {}

  /** Something became of a node's process or machine, in words. */
  default void process(SimNode node, String what) {}

  /** Somebody who speaks to a node has seen it do what it must not. */
  default void complains(SimNode node, String kind, String what) {}

  /** A node's turn broke off. */
  default void crashed(SimNode node, Throwable failure) {}
}
