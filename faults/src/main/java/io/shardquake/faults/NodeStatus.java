package io.shardquake.faults;

/**
 * A node's process as the target knows it.
 *
 * @param name the harness's name of the node ({@code n1})
 * @param pid of its process; -1 if it has none
 * @param state what the process is doing
 */
public record NodeStatus(String name, long pid, State state) {
  /** States of a process. */
  public enum State {
    RUNNING,
    PAUSED,
    DEAD
  }
}
