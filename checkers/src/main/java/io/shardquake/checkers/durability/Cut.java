package io.shardquake.checkers.durability;

import java.util.List;
import java.util.Locale;

/**
 * A failover of one slot: of what the old owner executed, the new one has a prefix, and this is
 * what is known of where that prefix ends.
 *
 * @param from the old owner
 * @param to the replica that was promoted
 * @param lastInTouchNanos when the two were certainly in touch for the last time
 * @param promotedNanos when the promotion was first seen
 * @param explained whether a fault led to it; if not, {@code lastInTouchNanos} is an assumption
 * @param migrating whether the slot was on its way between two masters meanwhile, so that a key may
 *     have gone down with a node on which it had only just arrived
 */
record Cut(
    String from,
    String to,
    long lastInTouchNanos,
    long promotedNanos,
    boolean explained,
    boolean migrating) {

  static Cut between(
      Tenure old, Tenure next, int slot, Tenures tenures, Disruptions faults, Allowance allowed) {
    long assumed = Math.max(0, next.seenFrom() - allowed.unexplainedNanos());
    var known = faults.lastInTouch(old.node(), next.node(), next.seenFrom());
    long lastInTouch = known.orElse(assumed);
    long lag = allowed.replicationLag().toNanos();
    return new Cut(
        old.node(),
        next.node(),
        lastInTouch,
        next.seenFrom(),
        known.isPresent(),
        tenures.isOpen(slot, lastInTouch - lag, next.seenFrom())
            || (old.inheritance() == Tenure.Inheritance.MOVE
                && old.seenFrom() >= lastInTouch - lag));
  }

  /** Which of several failovers of slots of one shard are the same. */
  String event() {
    return from + " to " + to + " at " + promotedNanos;
  }

  /** In words, as in an argument. */
  String describe(List<String> kinds) {
    String cause =
        explained
            ? "the last moment at which both were certainly in touch, before "
                + String.join(" and ", kinds)
                + ", was "
                + seconds(lastInTouchNanos)
            : "no fault explains it; they are taken to have been in touch until "
                + seconds(lastInTouchNanos);
    return "%s took over from %s by %s; %s".formatted(to, from, seconds(promotedNanos), cause);
  }

  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
  }
}
