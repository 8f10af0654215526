package io.shardquake.harness.sim.client;

import io.shardquake.harness.sim.network.Peer;
import io.shardquake.harness.sim.network.SimNetwork;
import io.shardquake.harness.sim.network.Socket;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.cluster.Endpoint;
import io.shardquake.workloads.cluster.Listening;
import io.shardquake.workloads.cluster.Transport.Receiver;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One simulated subscription over a connection of its own, from its opening to its end. */
final class SimSubscription implements Peer {
  private static final int KIND = 0;
  private static final int MESSAGE = 2;

  private final Listening listening;
  private final Receiver receiver;
  private final ReplyParser parser = new ReplyParser();
  private final List<Reply> heard = new ArrayList<>(List.of(Reply.OK));
  private @Nullable Socket socket;
  private boolean open;
  private boolean confirmed;
  private boolean leaving;
  private boolean ended;

  SimSubscription(Listening listening, Receiver receiver) {
    this.listening = listening;
    this.receiver = receiver;
  }

  void open(SimNetwork network, String ip, Endpoint to) {
    socket = network.connect(ip, to.host(), to.port(), false, Long.MAX_VALUE / 2, this);
  }

  /** Unsubscribes, now or as soon as there is something to unsubscribe from. */
  void leave() {
    leaving = true;
    if (confirmed) {
      say("UNSUBSCRIBE");
    }
  }

  /** Ends it without an answer, unless it has ended. */
  void fail(OperationError reason) {
    if (end()) {
      receiver.failed(reason, open);
    }
  }

  @Override
  public void connected() {
    open = true;
    say("SUBSCRIBE");
  }

  @Override
  public void received(byte[] data) {
    parser.feed(data);
    for (Optional<Reply> reply = parser.next();
        reply.isPresent() && !ended;
        reply = parser.next()) {
      heard(reply.get());
    }
  }

  @Override
  public void closed(String reason) {
    fail(open ? OperationError.CONNECTION_LOST : OperationError.CONNECTION_REFUSED);
  }

  private void heard(Reply reply) {
    if (!(reply instanceof Reply.Array push)) {
      end();
      receiver.answered(List.of(reply));
      return;
    }
    switch (((Reply.Text) push.items().get(KIND)).text()) {
      case "message", "smessage" -> heard.add(push.items().get(MESSAGE));
      case "subscribe", "ssubscribe" -> confirm();
      default -> {
        end();
        receiver.answered(heard);
      }
    }
  }

  private void confirm() {
    confirmed = true;
    if (leaving) {
      say("UNSUBSCRIBE");
    }
  }

  private void say(String what) {
    if (socket != null) {
      Command command = Command.keyed(listening.sharded() ? "S" + what : what, listening.channel());
      socket.send(CommandBytes.of(List.of(command)));
    }
  }

  private boolean end() {
    if (ended) {
      return false;
    }
    ended = true;
    if (socket != null) {
      socket.close();
    }
    return true;
  }
}
