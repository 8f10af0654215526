package io.shardquake.workloads.cluster;

/**
 * An operation as it is told to a cluster.
 *
 * @param slot of its key; the node that serves it is asked
 * @param opening what to say first, and again at another node after a redirection
 */
public record Conversation(int slot, Turn opening) {}
