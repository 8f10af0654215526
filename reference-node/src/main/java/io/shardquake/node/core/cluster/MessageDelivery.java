package io.shardquake.node.core.cluster;

/** This node's own subscribers, as the cluster sees them. */
public interface MessageDelivery {
  /** A message has come over the bus. */
  void deliver(boolean sharded, byte[] channel, byte[] message);

  /** This node's shard serves a slot no longer: its shard channels have no business here. */
  void slotLost(int slot);
}
