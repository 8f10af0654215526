package io.shardquake.harness.conformance;

/**
 * Something that Redis Cluster promises, and that can be tested.
 *
 * @param id its chapter's letter and a number ({@code B07})
 * @param kind what kind of promise it is
 * @param text what is promised
 * @param sources where that is written
 */
public record Promise(String id, Kind kind, String text, String sources) {

  /** Kinds of promise. */
  public enum Kind {
    /** Holds at every instant. */
    INV,
    /** Holds eventually, after faults have stopped. */
    EV,
    /** Bounds a time. */
    BOUND,
    /** Fixes a format. */
    WIRE,
    /** Bounds what may be lost. */
    WIN
  }

  /** Its chapter's letter. */
  public String chapter() {
    return id.substring(0, 1);
  }
}
