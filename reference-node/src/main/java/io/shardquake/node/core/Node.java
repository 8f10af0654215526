package io.shardquake.node.core;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.cluster.Cluster;
import io.shardquake.node.core.cluster.ClusterInsight;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.propagation.CommandSink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A Redis node as a state machine: each {@link #turn} takes what happened and the time, and gives
 * what is to be done, as data. It calls no clock, no thread, no socket and no file, so that the
 * same inputs always give the same effects. Not thread-safe: one loop owns it, as one thread owns
 * Redis.
 */
public final class Node {
  private final NodeParts parts;
  private final NodeCommands commands;
  private long nowMicros;

  /**
   * A node that is about to start.
   *
   * @param random its only source of chance
   * @param unixMicros the time
   */
  public Node(Configuration configuration, Randomness random, long unixMicros) {
    this.nowMicros = unixMicros;
    this.parts = new NodeParts(configuration, random, () -> nowMicros);
    this.commands = new NodeCommands(parts, random);
  }

  /**
   * Takes up what the file {@code nodes.conf} of an earlier life says; before the first turn.
   *
   * @throws IllegalArgumentException if that is no such file, with the line and the reason
   */
  public void restoreCluster(byte[] nodesConf) {
    parts.cluster.ifPresent(present -> present.restore(nodesConf));
  }

  /**
   * Takes up the users of a file; comes before the first turn.
   *
   * @param file its name, for complaints
   * @throws IllegalArgumentException whose message tells all that is wrong
   */
  public void restoreUsers(String file, String text) {
    parts.access.restore(file, text);
  }

  /** What an observer may know of its part in a cluster; empty if it takes part in none. */
  public Optional<ClusterInsight> clusterInsight() {
    return parts.cluster.map(Cluster::insight);
  }

  /** Whether a client of it is subscribed to a channel that belongs to this slot. */
  public boolean isListenedToIn(int slot) {
    return parts.pubSub.isHeardIn(slot);
  }

  /** Lets a sink hear from now on of everything that goes to the log and to replicas. */
  public void propagateTo(CommandSink sink) {
    parts.propagation.addSink(sink);
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
      commands.requests.drain(nowMicros);
    }
    parts.cluster.ifPresent(Cluster::endTurn);
    parts.persistence.endTurn();
    parts.replication.endTurn();
    parts.tracking.endTurn();
    for (Client client : commands.requests.sendReplies(nowMicros / 1000)) {
      parts.clients.remove(client.connection());
      forget(client);
    }
    return parts.outbox.take();
  }

  private void handle(Input input) {
    if (input instanceof Input.Received received) {
      received(received);
    } else if (input instanceof Input.Accepted accepted) {
      accepted(accepted);
    } else if (input instanceof Input.Connected connected) {
      parts.replication.connected(connected.connection(), connected.localAddress());
      commands.migrations.connected(connected.connection(), nowMicros / 1000);
      parts.cluster.ifPresent(present -> present.connected(connected.connection()));
    } else if (input instanceof Input.Closed closed) {
      parts.clients.remove(closed.connection()).ifPresent(this::forget);
      parts.replication.closed(closed.connection(), closed.reason());
      commands.migrations.closed(closed.connection(), nowMicros / 1000);
      parts.cluster.ifPresent(present -> present.closed(closed.connection()));
    } else if (input instanceof Input.Tick) {
      commands.information.tick();
      commands.blockedClients.tick(nowMicros / 1000);
      parts.admission.closeIdle(nowMicros / 1000);
      parts.output.tick(nowMicros / 1000);
      parts.persistence.tick();
      commands.migrations.tick(nowMicros / 1000);
      if (!parts.persistence.isLoading()) {
        commands.expiryCycle.tick(nowMicros / 1000);
        parts.replication.tick();
        parts.cluster.ifPresent(Cluster::tick);
      }
    } else if (input instanceof Input.Done done) {
      parts.persistence.done(done);
    } else if (input instanceof Input.FilePiece piece) {
      parts.persistence.piece(piece);
    } else if (input instanceof Input.Drained drained) {
      parts.replication.drained(drained.connection());
      parts.output.drained(drained.connection());
    } else if (input instanceof Input.Vitals vitals) {
      commands.information.measured(vitals);
    } else if (input instanceof Input.Started started) {
      commands.information.started(started);
      parts.persistence.start(
          (client, request) -> commands.dispatcher.handle(client, request, nowMicros));
    } else if (input instanceof Input.Terminate) {
      commands.shutdown.end();
    }
  }

  private void received(Input.Received received) {
    long connection = received.connection();
    if (parts.replication.received(connection, received.data())) {
      return;
    }
    Optional<Client> client = parts.clients.of(connection);
    if (client.isPresent()) {
      client.get().parser().feed(received.data());
      commands.information.traffic().received(received.data().length);
      parts.toRead.add(client.get());
    } else if (commands.migrations.owns(connection)) {
      commands.migrations.received(connection, received.data(), nowMicros / 1000);
    } else {
      parts.cluster.ifPresent(present -> present.received(connection, received.data()));
    }
  }

  private void accepted(Input.Accepted accepted) {
    if (accepted.listener() == Input.Listener.BUS) {
      parts.cluster.ifPresent(
          present ->
              present.accepted(
                  accepted.connection(), accepted.remoteAddress(), accepted.localAddress()));
      return;
    }
    Optional<String> refusal = parts.admission.refusal(accepted.remoteAddress());
    if (refusal.isPresent()) {
      commands.information.traffic().rejected();
      byte[] text = refusal.get().getBytes(StandardCharsets.US_ASCII);
      parts.outbox.toNetwork(new Effect.Send(accepted.connection(), text));
      parts.outbox.toNetwork(new Effect.Close(accepted.connection()));
      return;
    }
    Client client =
        parts.clients.add(
            accepted.connection(),
            accepted.remoteAddress() + ":" + accepted.remotePort(),
            accepted.localAddress() + ":" + accepted.localPort(),
            nowMicros / 1000);
    if (accepted.listener() == Input.Listener.SECURE_CLIENT) {
      client.secured();
    }
    parts.access.welcome(client);
  }

  private void forget(Client client) {
    parts.forget(client);
    commands.migrations.forget(client);
  }

  /**
   * Measures how long commands take; nothing but statistics and the slow log goes by it.
   *
   * @param micros a clock that never goes back, in microseconds
   */
  public void measureWith(LongSupplier micros) {
    parts.runner.measureWith(micros);
  }
}
