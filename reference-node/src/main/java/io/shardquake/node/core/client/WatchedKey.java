package io.shardquake.node.core.client;

/**
 * A key that a client watches.
 *
 * @param wasExpired whether it counted as absent already when the watch began
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by content where it is looked up.
public record WatchedKey(int database, byte[] key, boolean wasExpired) {}
