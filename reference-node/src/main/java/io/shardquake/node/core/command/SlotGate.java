package io.shardquake.node.core.command;

import io.shardquake.node.core.client.Client;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether this node may run a command on its keys (Redis Cluster specification,
 * "Redirection and resharding").
 */
@FunctionalInterface
public interface SlotGate {
  /** A gate that lets everything pass, as without cluster mode. */
  SlotGate OPEN = (client, spec, keys) -> Optional.empty();

  /**
   * Why the command may not run here.
   *
   * @param keys at least one
   * @return the error reply's text (MOVED, ASK, CROSSSLOT, TRYAGAIN, CLUSTERDOWN); empty if it may
   */
  Optional<String> refusal(Client client, CommandSpec spec, List<byte[]> keys);

  /**
   * Why a client that waits for a key must not wait here any longer.
   *
   * @return the error reply's text (MOVED, CLUSTERDOWN); empty if it may go on waiting
   */
  default Optional<String> refusalToWait(Client client, CommandSpec spec, byte[] key) {
    return Optional.empty();
  }
}
