package io.shardquake.checkers.linearizability.model;

/** What a call may do to the state, whatever that state is. */
public enum Effect {
  /** It never changes the state: in each state it is inconsistent or leads back to it. */
  OBSERVES,
  /** It is consistent in every state, and leads from all of them to one and the same state. */
  OVERWRITES,
  /** Nothing is promised. */
  CHANGES
}
