package io.shardquake.node.core.connection;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.command.ErrorReply;
import java.util.Locale;

/** The types of clients that CLIENT LIST and CLIENT KILL tell apart. */
enum ClientType {
  NORMAL,
  PUBSUB,
  REPLICA,
  MASTER;

  static ClientType of(Client client) {
    return switch (client.kind()) {
      case MASTER -> MASTER;
      case REPLICA -> REPLICA;
      case NORMAL -> client.subscriptions().isEmpty() ? NORMAL : PUBSUB;
    };
  }

  /**
   * The type of a name.
   *
   * @throws ErrorReply if there is none
   */
  static ClientType named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "normal" -> NORMAL;
      case "slave", "replica" -> REPLICA;
      case "pubsub" -> PUBSUB;
      case "master" -> MASTER;
      default -> throw new ErrorReply("ERR Unknown client type '" + name + "'");
    };
  }
}
