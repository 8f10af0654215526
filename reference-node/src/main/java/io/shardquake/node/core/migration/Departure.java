package io.shardquake.node.core.migration;

/**
 * A key on its way to another node.
 *
 * @param payload its value as DUMP gives it
 * @param ttlMillis how long it has to live; 0 for ever
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record Departure(byte[] key, byte[] payload, long ttlMillis) {}
