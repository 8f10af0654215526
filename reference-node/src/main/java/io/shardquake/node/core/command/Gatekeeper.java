package io.shardquake.node.core.command;

import io.shardquake.node.core.client.Client;
import java.util.Optional;

/**
 * One check before a command runs, beyond those of the command itself: out of memory, disk errors,
 * too few replicas, a replica's refusal of writes, loading. They are asked in the order of Redis's
 * processCommand.
 */
@FunctionalInterface
public interface Gatekeeper {
  /**
   * The error reply's text if the command may not run now; empty if this check has no objection.
   */
  Optional<String> refusal(Client client, CommandSpec spec, byte[][] arguments);
}
