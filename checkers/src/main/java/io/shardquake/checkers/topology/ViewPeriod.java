package io.shardquake.checkers.topology;

import java.util.Optional;

/**
 * A stretch of time in which one node said the same about the cluster, or said nothing. It was seen
 * saying so from {@code fromNanos} to {@code lastNanos}; somewhere between {@code lastNanos} and
 * {@code untilNanos} that changed.
 *
 * @param observer the harness's name of the node
 * @param fromNanos when it was first seen
 * @param lastNanos when it was last seen
 * @param untilNanos when something else was first seen; {@code lastNanos} if nothing was
 * @param view what the node said at {@code fromNanos}: slots, roles, epochs and failure flags stay
 *     the same throughout, while counters and times of pings do not; empty if it did not answer or
 *     its answer cannot be read
 * @param silence why there is no view; empty if there is one
 */
public record ViewPeriod(
    String observer,
    long fromNanos,
    long lastNanos,
    long untilNanos,
    Optional<ClusterView> view,
    String silence) {}
