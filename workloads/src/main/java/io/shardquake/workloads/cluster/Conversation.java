package io.shardquake.workloads.cluster;

/**
 * An operation as it is told to a cluster.
 *
 * @param slot of its key
 * @param opening what to say first, and again at another node after a redirection
 * @param partner which of the nodes that have the slot's data is asked
 */
public record Conversation(int slot, Turn opening, Partner partner) {
  /** Which node is asked first. */
  public enum Partner {
    /** The node that serves the slot. */
    OWNER,
    /** A replica of it, always the same one as long as it is one; the owner if none is known. */
    REPLICA
  }

  /** A conversation with the node that serves the slot. */
  public Conversation(int slot, Turn opening) {
    this(slot, opening, Partner.OWNER);
  }
}
