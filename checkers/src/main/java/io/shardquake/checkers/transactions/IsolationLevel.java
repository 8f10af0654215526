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
  READ_COMMITTED,
  /** A transaction is seen as a whole or not at all, and sees itself. */
  READ_ATOMIC,
  /** What was read is not overwritten until the reader has committed (G2-item). */
  REPEATABLE_READ,
  /** Reads come from one moment, and the first of two concurrent writers wins (G-single). */
  SNAPSHOT_ISOLATION,
  /** As if one at a time, in some order. */
  SERIALIZABLE,
  /** In an order that each process agrees with. */
  STRONG_SESSION_SERIALIZABLE,
  /** In an order that the clock agrees with: what redis-server promises of MULTI and EXEC. */
  STRICT_SERIALIZABLE;

  /** The strongest of those that it promises more than. */
  private List<IsolationLevel> includes() {
    return switch (this) {
      case READ_UNCOMMITTED -> List.of();
      case READ_COMMITTED -> List.of(READ_UNCOMMITTED);
      case READ_ATOMIC, REPEATABLE_READ -> List.of(READ_COMMITTED);
      case SNAPSHOT_ISOLATION -> List.of(READ_ATOMIC);
      case SERIALIZABLE -> List.of(SNAPSHOT_ISOLATION, REPEATABLE_READ);
      case STRONG_SESSION_SERIALIZABLE -> List.of(SERIALIZABLE);
      case STRICT_SERIALIZABLE -> List.of(STRONG_SESSION_SERIALIZABLE);
    };
  }

  /** Whether it promises all that the other one does. */
  public boolean implies(IsolationLevel other) {
    return this == other || includes().stream().anyMatch(weaker -> weaker.implies(other));
  }

  /** Its usual name, kebab-case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
