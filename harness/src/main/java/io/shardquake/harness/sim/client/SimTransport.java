package io.shardquake.harness.sim.client;

import io.shardquake.harness.sim.network.SimNetwork;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.cluster.Endpoint;
import io.shardquake.workloads.cluster.Listening;
import io.shardquake.workloads.cluster.Transport;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One process's simulated connections: one batch at a time, never sent twice. */
final class SimTransport implements Transport {
  private final SimNetwork network;
  private final String ip;
  private final Map<Endpoint, ClientLink> links = new LinkedHashMap<>();
  private @Nullable Batch current;
  private @Nullable SimSubscription subscription;
  private boolean closed;

  /** Commands under way. */
  private static final class Batch {
    final ClientLink link;
    final List<Command> commands;
    final Receiver receiver;
    final List<Reply> replies;
    boolean left;

    Batch(ClientLink link, List<Command> commands, Receiver receiver) {
      this.link = link;
      this.commands = commands;
      this.receiver = receiver;
      this.replies = new ArrayList<>(commands.size());
    }
  }

  SimTransport(SimNetwork network, String ip) {
    this.network = network;
    this.ip = ip;
  }

  @Override
  public void send(Endpoint to, List<Command> commands, Receiver receiver) {
    if (closed) {
      receiver.failed(OperationError.NOT_SENT, false);
      return;
    }
    ClientLink link = links.computeIfAbsent(to, unknown -> new ClientLink(this, unknown));
    current = new Batch(link, commands, receiver);
    if (link.isOpen()) {
      write(link);
    } else {
      link.open(network, ip);
    }
  }

  @Override
  public void listen(Endpoint to, Listening listening, Receiver receiver) {
    if (closed) {
      receiver.failed(OperationError.NOT_SENT, false);
      return;
    }
    subscription = new SimSubscription(listening, receiver);
    subscription.open(network, ip, to);
  }

  @Override
  public void leave() {
    if (subscription != null) {
      subscription.leave();
    }
  }

  /** A connection is open: what waits for it is sent. */
  void write(ClientLink link) {
    Batch batch = current;
    if (batch != null && batch.link == link && !batch.left) {
      batch.left = true;
      link.send(CommandBytes.of(batch.commands));
    }
  }

  /** A reply has come. */
  void replied(ClientLink link, Reply reply) {
    Batch batch = current;
    if (batch == null || batch.link != link) {
      return;
    }
    batch.replies.add(reply);
    if (batch.replies.size() == batch.commands.size()) {
      current = null;
      batch.receiver.answered(batch.replies);
    }
  }

  /** A connection has ended, or could not be opened. */
  void lost(ClientLink link) {
    Batch batch = current;
    if (batch != null && batch.link == link) {
      current = null;
      batch.receiver.failed(
          batch.left ? OperationError.CONNECTION_LOST : OperationError.CONNECTION_REFUSED,
          batch.left);
    }
  }

  @Override
  public void abandon(OperationError reason) {
    if (subscription != null) {
      subscription.fail(reason);
    }
    Batch batch = current;
    if (batch != null) {
      current = null;
      if (batch.left || !batch.link.isOpen()) {
        batch.link.close();
      }
      batch.receiver.failed(reason, batch.left);
    }
  }

  @Override
  public void close() {
    closed = true;
    abandon(OperationError.CLIENT_CLOSED);
    links.values().forEach(ClientLink::close);
  }
}
