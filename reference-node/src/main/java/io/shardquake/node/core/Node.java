package io.shardquake.node.core;

import io.shardquake.node.core.client.Blocked;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Clients;
import io.shardquake.node.core.client.WaitingClients;
import io.shardquake.node.core.client.WatchedKeys;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandRunner;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.Dispatcher;
import io.shardquake.node.core.command.SlotGate;
import io.shardquake.node.core.command.TransactionCommands;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.connection.ConnectionCommands;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.keyspace.ExpiryPolicy;
import io.shardquake.node.core.keyspace.Keyspace;
import io.shardquake.node.core.propagation.Propagation;
import io.shardquake.node.core.resp.ProtocolViolation;
import io.shardquake.node.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Redis node as a state machine: each {@link #turn} takes what happened and the time, and gives
 * what is to be done, as data. It calls no clock, no thread, no socket and no file, so that the
 * same inputs always give the same effects. Not thread-safe: one loop owns it, as one thread owns
 * Redis.
 */
public final class Node {
  private final Configuration configuration;
  private final Outbox outbox = new Outbox();
  private final Clients clients = new Clients();
  private final WaitingClients waiting = new WaitingClients();
  private final Databases databases;
  private final WatchedKeys watchedKeys;
  private final Propagation propagation = new Propagation();
  private final Dispatcher dispatcher;
  private final Set<Client> toRead = new LinkedHashSet<>();
  private long nowMicros;

  /**
   * A node that has just started.
   *
   * @param random its only source of chance
   */
  public Node(Configuration configuration, Randomness random) {
    this.configuration = configuration;
    boolean cluster = configuration.yes("cluster-enabled");
    this.databases = new Databases(cluster, (int) configuration.number("databases"), random);
    this.watchedKeys = new WatchedKeys(databases.count());
    for (int i = 0; i < databases.count(); i++) {
      databases.get(i).observe(new Changes(i));
    }
    CommandRunner runner = new CommandRunner(databases, propagation, client -> ExpiryPolicy.DELETE);
    TransactionCommands transactions = new TransactionCommands(runner, watchedKeys, databases);
    ConnectionCommands connections =
        new ConnectionCommands(configuration, watchedKeys, () -> false);
    List<CommandGroup> groups = List.of(connections, transactions);
    this.dispatcher =
        new Dispatcher(
            CommandTable.of(groups),
            runner,
            transactions,
            waiting,
            connections::needsAuthentication,
            SlotGate.OPEN,
            List.of());
  }

  /**
   * Lets things happen.
   *
   * @param unixMicros the time; does not have to be later than that of the last turn
   * @param inputs what happened, in order
   * @return what is to be done, in order
   */
  public List<Effect> turn(long unixMicros, List<Input> inputs) {
    this.nowMicros = unixMicros;
    for (Input input : inputs) {
      handle(input);
      drainRequests();
    }
    sendReplies();
    return outbox.take();
  }

  private void handle(Input input) {
    if (input instanceof Input.Received received) {
      clients
          .of(received.connection())
          .ifPresent(
              client -> {
                client.parser().feed(received.data());
                toRead.add(client);
              });
    } else if (input instanceof Input.Accepted accepted) {
      clients.add(
          accepted.connection(),
          accepted.remoteAddress() + ":" + accepted.remotePort(),
          accepted.localAddress() + ":" + accepted.localPort(),
          nowMicros / 1000);
    } else if (input instanceof Input.Closed closed) {
      clients.remove(closed.connection()).ifPresent(this::forget);
    } else if (input instanceof Input.Tick) {
      giveUpOverdue();
    } else if (input instanceof Input.Terminate) {
      outbox.toNetwork(new Effect.Exit(0));
    }
  }

  private void forget(Client client) {
    watchedKeys.unwatch(client);
    client.blocked().ifPresent(blocked -> waiting.remove(client, blocked));
    toRead.remove(client);
  }

  /** Handles requests until every client has to wait for bytes, or for something else. */
  private void drainRequests() {
    while (!toRead.isEmpty() || waiting.anyReady()) {
      if (waiting.anyReady()) {
        waiting.nextReady().forEach(this::retry);
        continue;
      }
      Client client = toRead.iterator().next();
      if (!handleNext(client)) {
        toRead.remove(client);
      }
    }
  }

  /** Handles a client's next request; false if it has none that can be handled now. */
  private boolean handleNext(Client client) {
    if (client.isClosing() || client.blocked().isPresent()) {
      return false;
    }
    client.parser().limitArgumentsTo(configuration.number("proto-max-bulk-len"));
    try {
      byte[][] request = client.parser().next();
      if (request.length == 0) {
        return false;
      }
      dispatcher.handle(client, request, nowMicros);
      return true;
    } catch (ProtocolViolation violation) {
      client.reply().error("ERR " + violation.getMessage());
      client.close();
      return false;
    }
  }

  private void retry(Client client) {
    Blocked blocked = client.blocked().orElse(null);
    if (blocked != null && dispatcher.retry(client, blocked, nowMicros)) {
      toRead.add(client);
    }
  }

  private void giveUpOverdue() {
    for (Client client : waiting.overdue(nowMicros / 1000)) {
      client
          .blocked()
          .ifPresent(
              blocked -> {
                waiting.remove(client, blocked);
                client.unblock();
                blocked.giveUp().run();
                toRead.add(client);
              });
    }
  }

  private void sendReplies() {
    List<Client> closing = new ArrayList<>();
    for (Client client : clients.all()) {
      if (client.reply().length() > 0) {
        outbox.toNetwork(new Effect.Send(client.connection(), client.reply().take()));
      }
      if (client.isClosing()) {
        outbox.toNetwork(new Effect.Close(client.connection()));
        closing.add(client);
      }
    }
    for (Client client : closing) {
      clients.remove(client.connection());
      forget(client);
    }
  }

  /** Tells those who watch keys or wait for them. */
  private final class Changes implements Keyspace.Observer {
    private final int database;

    Changes(int database) {
      this.database = database;
    }

    @Override
    public void aboutToChange(byte[] key, @Nullable Value value) {}

    @Override
    public void changed(byte[] key) {
      watchedKeys.changed(database, key);
      waiting.changed(key);
    }
  }
}
