package io.shardquake.checkers.transactions;

import java.util.List;
import java.util.Locale;

/**
 * What transactions may be promised, from weak to strong. Names and order follow Adya, Weak
 * Consistency, 1999, and Cerone, Bernardi and Gotsman, A Framework for Transactional Consistency
 * Models with Atomic Visibility, 2015.
 */
public enum IsolationLevel {
  /** No cycle of overwriting (G0). */
  READ_UNCOMMITTED,
  /** Only what was committed, and only its last state, is seen (G1). */
  READ_COMMITTED(READ_UNCOMMITTED),
  /** A transaction is seen as a whole or not at all, and sees itself. */
  READ_ATOMIC(READ_COMMITTED),
  /** What was read is not overwritten until the reader has committed (G2-item). */
  REPEATABLE_READ(READ_COMMITTED),
  /** Reads come from one moment, and the first of two concurrent writers wins (G-single). */
  SNAPSHOT_ISOLATION(READ_ATOMIC),
  /** As if one at a time, in some order. */
  SERIALIZABLE(SNAPSHOT_ISOLATION, REPEATABLE_READ),
  /** In an order that each process agrees with. */
  STRONG_SESSION_SERIALIZABLE(SERIALIZABLE),
  /** In an order that the clock agrees with: what redis-server promises of MULTI and EXEC. */
  STRICT_SERIALIZABLE(STRONG_SESSION_SERIALIZABLE);

  private final List<IsolationLevel> includes;

  IsolationLevel(IsolationLevel... includes) {
    this.includes = List.of(includes);
  }

  /** Whether it promises all that the other one does. */
  public boolean implies(IsolationLevel other) {
    return this == other || includes.stream().anyMatch(weaker -> weaker.implies(other));
  }

  /** Its usual name, kebab-case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
