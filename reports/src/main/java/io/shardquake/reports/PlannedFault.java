package io.shardquake.reports;

/**
 * A fault as its plan has it, before any selector was resolved.
 *
 * @param number its position in the plan, from 0; what {@link
 *     io.shardquake.checkers.faultlog.FaultEvent#fault()} refers to
 * @param kind kebab-case ({@code kill}, {@code pause})
 * @param where its selector as written ({@code master-of(slot 42)})
 * @param atNanos when it is due, since the start of the run
 * @param durationNanos how long until it is healed; 0 if it heals by itself or only at the end
 */
public record PlannedFault(
    int number, String kind, String where, long atNanos, long durationNanos) {}
