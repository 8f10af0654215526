package io.shardquake.harness.sim.client;

import io.shardquake.harness.sim.network.Peer;
import io.shardquake.harness.sim.network.SimNetwork;
import io.shardquake.harness.sim.network.Socket;
import io.shardquake.workloads.cluster.Endpoint;
import io.shardquake.workloads.protocol.Reply;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client's connection to one node: opened when needed, and again after it broke. */
final class ClientLink {
  private final SimTransport transport;
  private final Endpoint endpoint;
  private @Nullable Attempt attempt;

  ClientLink(SimTransport transport, Endpoint endpoint) {
    this.transport = transport;
    this.endpoint = endpoint;
  }

  boolean isOpen() {
    Attempt present = attempt;
    return present != null && present.open;
  }

  void open(SimNetwork network, String ip) {
    if (attempt == null) {
      Attempt opening = new Attempt();
      attempt = opening;
      opening.socket =
          network.connect(ip, endpoint.host(), endpoint.port(), false, Long.MAX_VALUE / 2, opening);
    }
  }

  void send(byte[] data) {
    Attempt present = attempt;
    if (present != null && present.socket != null) {
      present.socket.send(data);
    }
  }

  /** Closes the connection; the next batch opens another one. */
  void close() {
    Attempt present = attempt;
    attempt = null;
    if (present != null && present.socket != null) {
      present.socket.close();
    }
  }

  /** One connection, from its opening on. */
  private final class Attempt implements Peer {
    private final ReplyParser parser = new ReplyParser();
    private @Nullable Socket socket;
    private boolean open;

    @Override
    public void connected() {
      if (attempt == this) {
        open = true;
        transport.write(ClientLink.this);
      }
    }

    @Override
    public void received(byte[] data) {
      parser.feed(data);
      for (Optional<Reply> reply = parser.next();
          reply.isPresent() && attempt == this;
          reply = parser.next()) {
        transport.replied(ClientLink.this, reply.get());
      }
    }

    @Override
    public void closed(String reason) {
      if (attempt == this) {
        attempt = null;
        transport.lost(ClientLink.this);
      }
    }
  }
}
