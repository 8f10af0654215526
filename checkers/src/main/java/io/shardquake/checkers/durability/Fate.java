package io.shardquake.checkers.durability;

import io.shardquake.checkers.Finding.Severity;

/**
 * What to make of it that something was there and then was not.
 *
 * @param kind how it may have been lost
 * @param windowNanos how long it had been there when the owners lost touch; negative if it came
 *     afterwards, and without meaning if there was no failover
 * @param failover in words; empty if there was none
 */
public record Fate(Kind kind, long windowNanos, String failover) {
  /** The ways to be lost. */
  public enum Kind {
    /** In a failover, no longer before the failure than replication may lag. */
    IN_WINDOW("lost-in-window", Severity.HAZARD),
    /** As before, in a failover that no fault explains. */
    IN_UNEXPLAINED_FAILOVER("lost-in-unexplained-failover", Severity.HAZARD),
    /** In a failover during which the slot was on its way between two masters. */
    IN_INTERRUPTED_MIGRATION("lost-in-interrupted-migration", Severity.HAZARD),
    /** In a failover, though it had been there long before the failure. */
    OUTSIDE_WINDOW("lost-outside-window", Severity.VIOLATION),
    /** While one copy of the data was served all along. */
    WITHOUT_FAILOVER("lost-without-failover", Severity.VIOLATION);

    private final String text;
    private final Severity severity;

    Kind(String text, Severity severity) {
      this.text = text;
      this.severity = severity;
    }

    /** As the kind of a finding. */
    public String text() {
      return text;
    }

    /** What it means under the contract of Redis Cluster. */
    public Severity severity() {
      return severity;
    }
  }

  /** In words, to follow on what was lost. */
  public String describe() {
    return switch (kind) {
      case WITHOUT_FAILOVER -> "no failover lies in between";
      case IN_INTERRUPTED_MIGRATION -> failover + ", while the slot was being moved";
      default ->
          windowNanos >= 0
              ? failover + ", " + Cut.seconds(windowNanos) + " after it had been acknowledged"
              : failover + ", which it came " + Cut.seconds(-windowNanos) + " after";
    };
  }
}
