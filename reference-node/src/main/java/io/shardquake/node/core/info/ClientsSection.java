package io.shardquake.node.core.info;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Clients;
import io.shardquake.node.core.client.WaitingClients;
import io.shardquake.node.core.config.Configuration;

/** How many clients there are, and how many wait. */
final class ClientsSection implements InfoSection {
  private final Configuration configuration;
  private final Clients clients;
  private final WaitingClients waiting;

  ClientsSection(Configuration configuration, Clients clients, WaitingClients waiting) {
    this.configuration = configuration;
    this.clients = clients;
    this.waiting = waiting;
  }

  @Override
  public String name() {
    return "clients";
  }

  @Override
  public void write(InfoText text) {
    long replicas =
        clients.all().stream().filter(client -> client.kind() == Client.Kind.REPLICA).count();
    int longestInput = 0;
    int longestOutput = 0;
    for (Client client : clients.all()) {
      longestInput = Math.max(longestInput, client.parser().pending());
      longestOutput = Math.max(longestOutput, client.reply().length());
    }
    text.field("connected_clients", clients.count() - replicas);
    text.field("maxclients", configuration.number("maxclients"));
    text.field("client_recent_max_input_buffer", longestInput);
    text.field("client_recent_max_output_buffer", longestOutput);
    text.field("blocked_clients", waiting.count());
    text.field(
        "tracking_clients",
        clients.all().stream().filter(client -> client.tracking().isPresent()).count());
    text.field("clients_in_timeout_table", waiting.withDeadline());
  }
}
