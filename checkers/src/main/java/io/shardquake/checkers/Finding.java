package io.shardquake.checkers;

import io.shardquake.checkers.history.Value;
import java.util.List;

/**
 * One thing a checker saw, with the proof of it.
 *
 * @param kind what was seen, as a stable kebab-case identifier ({@code lost-write}, {@code
 *     slot-uncovered}): two findings of the same kind have the same fingerprint
 * @param severity whether it breaks the contract, or is worth telling though allowed
 * @param summary one line, without a full stop, that stands alone
 * @param explanation the argument in words; may hold several lines; empty if the summary says all
 * @param operations indexes (see {@link io.shardquake.checkers.history.Invocation#index()}) of the
 *     operations that prove it, in history order
 * @param data the same as data, for the report and for machines
 */
public record Finding(
    String kind,
    Severity severity,
    String summary,
    String explanation,
    List<Long> operations,
    Value.Mapping data) {

  /** How much a finding weighs. */
  public enum Severity {
    /** Worth knowing; the contract allows it. */
    NOTE,
    /** Allowed by the contract, but dangerous in practice. */
    HAZARD,
    /** Breaks what the target was held to. */
    VIOLATION
  }

  public Finding {
    operations = List.copyOf(operations);
  }
}
