package io.shardquake.node.core.command;

import io.shardquake.node.core.client.Client;
import java.util.List;

/**
 * Lets requests wait that have passed every check but must not run yet. What is held is handled
 * again from the beginning, checks included, when whoever holds it says so.
 */
public interface RequestHold {
  /** Holds nothing. */
  RequestHold NONE =
      new RequestHold() {
        @Override
        public boolean isActive() {
          return false;
        }

        @Override
        public boolean holds(Client client, CommandSpec spec, byte[][] request, List<byte[]> keys) {
          return false;
        }
      };

  /** Whether anything could have to wait now. */
  boolean isActive();

  /**
   * Holds a request if it has to wait, and then blocks its client.
   *
   * @param keys that the request names, or all those that the transaction it ends does
   * @return whether the request is held
   */
  boolean holds(Client client, CommandSpec spec, byte[][] request, List<byte[]> keys);
}
