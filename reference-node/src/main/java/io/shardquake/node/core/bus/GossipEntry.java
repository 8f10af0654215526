package io.shardquake.node.core.bus;

/**
 * What a heartbeat says about a third node.
 *
 * @param pingSentSeconds Unix time of the sender's unanswered ping to it; 0 if none
 * @param pongReceivedSeconds Unix time of its last answer to the sender
 * @param flags as the sender sees it, bits of {@code cluster.NodeFlag}
 */
public record GossipEntry(
    String id,
    long pingSentSeconds,
    long pongReceivedSeconds,
    String ip,
    int port,
    int busPort,
    int flags,
    int plainPort) {}
