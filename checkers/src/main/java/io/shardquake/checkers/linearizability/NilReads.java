package io.shardquake.checkers.linearizability;

/** What a read that returned {@code nil} says. */
public enum NilReads {
  /** That the object held {@code nil}: a key that does not exist. */
  VALUE,
  /** Nothing: the answer was not recorded. Knossos reads histories so. */
  UNKNOWN
}
