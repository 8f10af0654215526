package io.shardquake.harness.sim.invariant;

import io.shardquake.checkers.Finding;
import io.shardquake.checkers.history.Value;
import java.util.List;
import java.util.Map;

/**
 * An invariant that did not hold.
 *
 * @param kind which, kebab-case
 * @param timeNanos when
 * @param node where
 * @param what one line
 * @param detail more of it; may be empty
 */
record Breach(String kind, long timeNanos, String node, String what, String detail) {
  Finding finding() {
    return new Finding(
        kind,
        Finding.Severity.VIOLATION,
        node + ", after " + timeNanos / 1_000_000 + " ms: " + what,
        detail,
        List.of(),
        new Value.Mapping(Map.of("node", Value.of(node), "time-nanos", Value.of(timeNanos))));
  }
}
