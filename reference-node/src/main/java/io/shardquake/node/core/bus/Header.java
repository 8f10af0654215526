package io.shardquake.node.core.bus;

/**
 * What every bus message begins with.
 *
 * @param type of the message
 * @param port the sender's client port
 * @param plainPort its port without TLS where {@code port} is one with; else 0
 * @param busPort its bus port
 * @param currentEpoch the greatest epoch it knows
 * @param configEpoch of its slots; a replica sends its master's
 * @param offset how far its replication stream has come
 * @param sender its node ID, 40 characters
 * @param slots that it serves; a replica sends its master's
 * @param master ID of the master it follows; empty if it is one
 * @param announcedIp the address it wants to be known by; empty for "where this comes from"
 * @param flags bits of {@code cluster.NodeFlag}
 * @param clusterDown whether it holds the cluster to be down
 * @param messageFlags {@link #PAUSED}, {@link #FORCE_ACK}
 */
public record Header(
    MessageType type,
    int port,
    int plainPort,
    int busPort,
    long currentEpoch,
    long configEpoch,
    long offset,
    String sender,
    SlotBitmap slots,
    String master,
    String announcedIp,
    int flags,
    boolean clusterDown,
    int messageFlags) {
  /** The sender is a master in a manual failover, and has stopped accepting writes. */
  public static final int PAUSED = 1;

  /** Vote for the sender though its master is not failing. */
  public static final int FORCE_ACK = 2;

  public boolean isPaused() {
    return (messageFlags & PAUSED) != 0;
  }

  public boolean forcesAck() {
    return (messageFlags & FORCE_ACK) != 0;
  }
}
