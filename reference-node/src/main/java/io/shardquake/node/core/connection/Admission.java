package io.shardquake.node.core.connection;

import io.shardquake.node.core.acl.AccessControl;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Clients;
import io.shardquake.node.core.config.Configuration;
import java.util.Optional;

/** Which connections of clients are accepted, and which are ended for having been idle too long. */
public final class Admission {
  private static final String FULL = "-ERR max number of clients reached\r\n";
  private static final String PROTECTED =
      "-DENIED Redis is running in protected mode because protected mode is enabled and no password"
          + " is set for the default user. In this mode connections are only accepted from the"
          + " loopback interface. Set protected-mode to 'no', or a password for the default user,"
          + " to accept connections from the outside.\r\n";

  private final Configuration configuration;
  private final Clients clients;
  private final AccessControl access;

  public Admission(Configuration configuration, Clients clients, AccessControl access) {
    this.configuration = configuration;
    this.clients = clients;
    this.access = access;
  }

  /** What a connection is told before it is closed; empty if it is accepted. */
  public Optional<String> refusal(String remoteAddress) {
    if (clients.count() >= configuration.number("maxclients")) {
      return Optional.of(FULL);
    }
    boolean local = remoteAddress.startsWith("127.") || isLoopback6(remoteAddress);
    return configuration.yes("protected-mode") && access.isOpen() && !local
        ? Optional.of(PROTECTED)
        : Optional.empty();
  }

  private static boolean isLoopback6(String address) {
    return address.startsWith("::1") || address.startsWith("0:0:0:0:0:0:0:1");
  }

  /** Closes clients that have asked for nothing for longer than {@code timeout}. */
  public void closeIdle(long nowMillis) {
    long limit = configuration.number("timeout") * 1000;
    if (limit == 0) {
      return;
    }
    for (Client client : clients.all()) {
      boolean idle =
          client.kind() == Client.Kind.NORMAL
              && !client.isClosing()
              && client.blocked().isEmpty()
              && client.subscriptions().isEmpty()
              && nowMillis - client.lastInteraction() > limit;
      if (idle) {
        client.close();
      }
    }
  }
}
