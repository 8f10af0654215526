package io.shardquake.node.core;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Clients;
import io.shardquake.node.core.client.WaitingClients;
import io.shardquake.node.core.command.BlockedClients;
import io.shardquake.node.core.command.Dispatcher;
import io.shardquake.node.core.command.Pause;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.connection.OutputCare;
import io.shardquake.node.core.info.Traffic;
import io.shardquake.node.core.replication.Replication;
import io.shardquake.node.core.resp.ProtocolViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes clients' requests one after the other, and sends what they are answered. Not thread-safe.
 */
final class RequestLoop {
  private final Configuration configuration;
  private final Clients clients;
  private final Set<Client> toRead;
  private final Pause pause;
  private final WaitingClients waiting;
  private final BlockedClients blockedClients;
  private final Dispatcher dispatcher;
  private final Replication replication;
  private final Traffic traffic;
  private final OutputCare output;
  private final Outbox outbox;

  /**
   * A loop.
   *
   * @param toRead clients that may have a request to handle
   */
  RequestLoop(
      Configuration configuration,
      Clients clients,
      Set<Client> toRead,
      Pause pause,
      WaitingClients waiting,
      BlockedClients blockedClients,
      Dispatcher dispatcher,
      Replication replication,
      Traffic traffic,
      OutputCare output,
      Outbox outbox) {
    this.configuration = configuration;
    this.clients = clients;
    this.toRead = toRead;
    this.pause = pause;
    this.waiting = waiting;
    this.blockedClients = blockedClients;
    this.dispatcher = dispatcher;
    this.replication = replication;
    this.traffic = traffic;
    this.output = output;
    this.outbox = outbox;
  }

  /** Handles requests until every client has to wait for bytes, or for something else. */
  void drain(long nowMicros) {
    toRead.addAll(pause.release(nowMicros / 1000));
    while (true) {
      blockedClients.serve(nowMicros);
      toRead.addAll(waiting.takeReleased());
      if (toRead.isEmpty()) {
        return;
      }
      Client client = toRead.iterator().next();
      if (!handleNext(client, nowMicros)) {
        toRead.remove(client);
      }
    }
  }

  /** Handles a client's next request; false if it has none that can be handled now. */
  private boolean handleNext(Client client, long nowMicros) {
    if (client.isClosing() || client.blocked().isPresent()) {
      return false;
    }
    client
        .parser()
        .limitArgumentsTo(
            client.kind() == Client.Kind.MASTER
                ? Integer.MAX_VALUE
                : configuration.number("proto-max-bulk-len"));
    try {
      byte[][] request = client.parser().next();
      if (request.length == 0) {
        return false;
      }
      boolean dealtWith = dispatcher.handle(client, request, nowMicros);
      replication.handled(client);
      return dealtWith;
    } catch (ProtocolViolation violation) {
      client.reply().error("ERR " + violation.getMessage());
      client.close();
      return false;
    }
  }

  /** Sends replies; gives the clients that are to be forgotten, as their connections end. */
  List<Client> sendReplies(long nowMillis) {
    List<Client> closing = new ArrayList<>();
    for (Client client : clients.takeThoseInNeed()) {
      if (client.reply().length() > 0) {
        byte[] data = client.reply().take();
        if (output.mayBeSent(client, data.length, nowMillis)) {
          traffic.sent(data.length);
          outbox.toNetwork(new Effect.Send(client.connection(), data));
        }
      }
      if (client.isClosing()) {
        outbox.toNetwork(new Effect.Close(client.connection()));
        closing.add(client);
      }
    }
    return closing;
  }
}
