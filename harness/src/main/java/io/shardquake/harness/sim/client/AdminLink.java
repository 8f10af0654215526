package io.shardquake.harness.sim.client;

import io.shardquake.harness.sim.network.Peer;
import io.shardquake.harness.sim.network.SimNetwork;
import io.shardquake.harness.sim.network.Socket;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The harness's own way to one node, which no network fault touches: what is asked of a node that
 * is cut off must be answered. Commands are pipelined. Opened when needed, and again after it
 * broke.
 */
public final class AdminLink {
  private final SimNetwork network;
  private final String ip;
  private final int port;
  private @Nullable Line line;

  public AdminLink(SimNetwork network, String ip, int port) {
    this.network = network;
    this.ip = ip;
    this.port = port;
  }

  /**
   * Sends a command, once. The reply may be an error; the future fails if none comes because the
   * connection could not be opened, or has ended. Nobody bounds the wait: {@link #drop} does.
   */
  public CompletableFuture<Reply> ask(String... words) {
    Line present = line;
    if (present == null) {
      present = new Line();
      line = present;
      present.socket = network.connectDirectly(ip, port, present);
    }
    return present.ask(Command.keyless(words));
  }

  /** Closes the connection; whoever waits is told why. */
  public void drop(String why) {
    Line present = line;
    line = null;
    if (present != null) {
      present.end(why);
    }
  }

  /** One connection, from its opening on. */
  private final class Line implements Peer {
    private final ReplyParser parser = new ReplyParser();
    private final Deque<CompletableFuture<Reply>> waiting = new ArrayDeque<>();
    private @Nullable Socket socket;

    CompletableFuture<Reply> ask(Command command) {
      CompletableFuture<Reply> reply = new CompletableFuture<>();
      waiting.add(reply);
      if (socket != null) {
        socket.send(CommandBytes.of(List.of(command)));
      }
      return reply;
    }

    void end(String why) {
      if (socket != null) {
        socket.close();
      }
      fail(why);
    }

    private void fail(String why) {
      while (!waiting.isEmpty()) {
        waiting.remove().completeExceptionally(new IllegalStateException(why));
      }
    }

    @Override
    public void received(byte[] data) {
      parser.feed(data);
      for (Optional<Reply> reply = parser.next(); reply.isPresent(); reply = parser.next()) {
        CompletableFuture<Reply> asked = waiting.poll();
        if (asked != null) {
          asked.complete(reply.get());
        }
      }
    }

    @Override
    public void closed(String reason) {
      if (line == this) {
        line = null;
      }
      fail(reason);
    }
  }
}
