package io.shardquake.checkers.faultlog;

import io.shardquake.checkers.history.Value;
import java.util.List;

/**
 * One step in the life of one fault, a line of {@code faults.jsonl}.
 *
 * @param timeNanos since the start of the run, on the same clock as the history
 * @param fault number of the fault in its plan, from 0; -1 for the heal at the end of the run
 * @param phase which step
 * @param kind the fault's kind, kebab-case ({@code kill}, {@code pause})
 * @param nodes names of the nodes that its selector resolved to, in order
 * @param detail one line for people: what was done, what proves it, or why it could not be done
 * @param data the same as data
 */
public record FaultEvent(
    long timeNanos,
    int fault,
    Phase phase,
    String kind,
    List<String> nodes,
    String detail,
    Value.Mapping data) {

  /** The steps of a fault's life. */
  public enum Phase {
    /** The selector was resolved and injection begins. */
    INJECT,
    /** Verified: the fault has taken effect. */
    BIT,
    /** Injected, but without the effect it should have. */
    MISSED,
    /** Could not be injected here, and was left out. */
    SKIPPED,
    /** Healing begins. */
    HEAL,
    /** Verified: what the fault broke is whole again, as far as this fault goes. */
    HEALED,
    /** Healing failed. */
    HEAL_FAILED
  }

  public FaultEvent {
    nodes = List.copyOf(nodes);
  }
}
