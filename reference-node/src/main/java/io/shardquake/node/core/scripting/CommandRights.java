package io.shardquake.node.core.scripting;

import io.shardquake.node.core.client.Client;
import java.util.Optional;

/** Whether a client may run a command, for {@code redis.acl_check_cmd}. */
@FunctionalInterface
public interface CommandRights {
  /** Whether it may; empty if there is no such command. */
  Optional<Boolean> mayRun(Client client, byte[][] request);
}
