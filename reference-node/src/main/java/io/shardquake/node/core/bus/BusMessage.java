package io.shardquake.node.core.bus;

import java.util.List;

/** A message of the cluster bus. */
public sealed interface BusMessage {
  Header header();

  /**
   * PING, PONG or MEET.
   *
   * @param hostname the sender's, from a ping extension; empty if it sent none
   */
  record Heartbeat(Header header, List<GossipEntry> gossip, String hostname) implements BusMessage {
    public Heartbeat {
      gossip = List.copyOf(gossip);
    }
  }

  /** A node is down by the word of a majority. */
  record Fail(Header header, String node) implements BusMessage {}

  /** A message for subscribers; the type tells whether of a shard or of all. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  record Publish(Header header, byte[] channel, byte[] message) implements BusMessage {}

  /** All there is to say stands in the header: requests for votes, votes, MFSTART. */
  record Bare(Header header) implements BusMessage {}

  /** Somebody else owns slots that the addressee claims. */
  record Update(Header header, long configEpoch, String node, SlotBitmap slots)
      implements BusMessage {}
}
