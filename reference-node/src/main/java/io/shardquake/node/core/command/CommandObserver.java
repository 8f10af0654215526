package io.shardquake.node.core.command;

import io.shardquake.node.core.client.Client;

/** Hears of every command that runs, inside transactions too. */
public interface CommandObserver {
  /**
   * How a command went.
   *
   * @param startMicros Unix microseconds
   * @param durationMicros how long it took, as far as the shell measures that
   * @param failed whether it replied with an error
   */
  record Outcome(long startMicros, long durationMicros, boolean failed) {}

  /** A command is about to run. */
  default void begins(Client client, CommandSpec spec) {}

  /** A command has run; one that waits has not. */
  default void ran(Client client, CommandSpec spec, byte[][] arguments, Outcome outcome) {}

  /** A command did not get to run, or no such command exists. */
  default void refused(Client client, String error) {}
}
