package io.shardquake.node.core.command;

import io.shardquake.node.core.client.Blocked;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.WaitingClients;
import org.jspecify.annotations.Nullable;

/**
 * Ends the waiting of blocked clients: when a key they wait for can serve them, when their time is
 * over, when the slot of their keys has left this node, or when another client says so. Not
 * thread-safe.
 */
public final class BlockedClients {
  private final WaitingClients waiting;
  private final Dispatcher dispatcher;

  public BlockedClients(WaitingClients waiting, Dispatcher dispatcher) {
    this.waiting = waiting;
    this.dispatcher = dispatcher;
  }

  /** Serves clients, key by key in the order of change, the longest waiting first. */
  public void serve(long nowMicros) {
    while (waiting.anyReady()) {
      waiting.takeWoken().forEach(client -> retry(client, null, nowMicros));
      byte[] key = waiting.nextReady();
      if (key != null) {
        waiting.waitingFor(key).forEach(client -> retry(client, key, nowMicros));
      }
    }
  }

  private void retry(Client client, byte @Nullable [] key, long nowMicros) {
    client.blocked().ifPresent(blocked -> dispatcher.retry(client, blocked, key, nowMicros));
  }

  /** Lets those give up whose time is over, and sends those away who wait at the wrong node. */
  public void tick(long nowMillis) {
    waiting.overdue(nowMillis).forEach(this::giveUp);
    for (Client client : waiting.all()) {
      client
          .blocked()
          .flatMap(blocked -> dispatcher.refusalToWait(client, blocked))
          .ifPresent(refusal -> end(client, () -> client.reply().error(refusal)));
    }
  }

  /** Answers a blocked client as if its time were over; others are left alone. */
  public void giveUp(Client client) {
    client.blocked().map(Blocked::giveUp).ifPresent(reply -> end(client, reply));
  }

  /** Answers a blocked client with an error; others are left alone. */
  public void fail(Client client, String error) {
    if (client.blocked().isPresent()) {
      end(client, () -> client.reply().error(error));
    }
  }

  private void end(Client client, Runnable reply) {
    waiting.release(client);
    reply.run();
  }
}
