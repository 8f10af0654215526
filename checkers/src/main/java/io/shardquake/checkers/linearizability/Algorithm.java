package io.shardquake.checkers.linearizability;

/** Which algorithm decides. */
public enum Algorithm {
  /** The near-linear algorithms where they apply, else {@link #COMPETITION}. */
  AUTO,
  /** Wing and Gong's depth-first search with Lowe's memory of configurations. */
  WGL,
  /** Lowe's just-in-time linearization, breadth first: memory proportional to the window. */
  LINEAR,
  /** {@link #WGL} and {@link #LINEAR} at once; the first definite answer counts. */
  COMPETITION,
  /** The near-linear algorithms only: UNKNOWN where they do not apply. */
  UNIQUE
}
