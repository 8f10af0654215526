package io.shardquake.faults.process;

/** Signals that the harness sends. */
public enum Signal {
  KILL,
  TERM,
  STOP,
  CONT
}
