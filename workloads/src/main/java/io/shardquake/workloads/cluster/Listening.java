package io.shardquake.workloads.cluster;

/**
 * To hear what is published on a channel, for a while.
 *
 * @param channel text
 * @param sharded whether the channel belongs to a slot (SSUBSCRIBE) or to the whole cluster
 *     (SUBSCRIBE)
 * @param nanos for how long, the time to connect included; cut short to half of what an operation
 *     may take
 */
public record Listening(String channel, boolean sharded, long nanos) {}
