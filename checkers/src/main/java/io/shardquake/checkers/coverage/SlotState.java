package io.shardquake.checkers.coverage;

import io.shardquake.checkers.Finding;

/** What can be wrong with a slot in one node's view. */
enum SlotState {
  /** It has no owner. */
  UNCOVERED("slot-uncovered", Finding.Severity.NOTE),
  /** Its owner has failed, and the observer knows. */
  OWNER_FAILED("slot-owner-failed", Finding.Severity.NOTE),
  /** It has two owners, which no correct node ever says. */
  OWNED_TWICE("slot-owned-twice", Finding.Severity.HAZARD),
  /** It is leaving the observer. */
  MIGRATING("slot-migrating", Finding.Severity.NOTE),
  /** It is coming to the observer. */
  IMPORTING("slot-importing", Finding.Severity.NOTE);

  private final String kind;
  private final Finding.Severity whenTransient;

  SlotState(String kind, Finding.Severity whenTransient) {
    this.kind = kind;
    this.whenTransient = whenTransient;
  }

  /** The kind of a finding about it. */
  String kind() {
    return kind;
  }

  /** What it weighs if it passes; what stays is a violation whatever it is. */
  Finding.Severity whenTransient() {
    return whenTransient;
  }

  /** What was with so many slots, for a sentence that starts with them. */
  String words(int slots, String other) {
    String were = slots == 1 ? "was " : "were ";
    return switch (this) {
      case UNCOVERED -> "had no owner";
      case OWNER_FAILED -> were + "owned by " + other + " in state fail";
      case OWNED_TWICE -> "had two owners (" + other + ")";
      case MIGRATING -> were + "migrating to " + other;
      case IMPORTING -> were + "being imported from " + other;
    };
  }
}
