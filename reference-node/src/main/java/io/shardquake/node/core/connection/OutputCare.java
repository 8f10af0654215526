package io.shardquake.node.core.connection;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.config.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ends clients that do not take what is meant for them, as {@code client-output-buffer-limit} says
 * of normal clients and of those that subscribe; links to replicas look after themselves. Not
 * thread-safe.
 */
public final class OutputCare {
  /** What Redis keeps of a reply within the client itself, and does not count. */
  private static final int UNCOUNTED = 16 * 1024;

  private final Outbox outbox;
  private final Map<Long, Unsent> unsent = new TreeMap<>();
  private Limit ofNormal;
  private Limit ofSubscribers;

  /** Bytes that are too many at once, or for so many milliseconds; 0 for no limit. */
  private record Limit(long hard, long soft, long millis) {
    static Limit of(Configuration configuration, String type) {
      String[] words = configuration.text("client-output-buffer-limit").split(" +", -1);
      for (int i = 0; i + 3 < words.length; i += 4) {
        if (words[i].equals(type)) {
          return new Limit(
              Long.parseLong(words[i + 1]),
              Long.parseLong(words[i + 2]),
              Long.parseLong(words[i + 3]) * 1000);
        }
      }
      return new Limit(0, 0, 0);
    }

    boolean exists() {
      return hard > 0 || soft > 0;
    }
  }

  /** What was handed to the shell for a client and has not left yet, as far as is known. */
  private static final class Unsent {
    private final Client client;
    private long bytes;
    private long asked;
    private long overSince = Long.MAX_VALUE;

    Unsent(Client client) {
      this.client = client;
    }
  }

  public OutputCare(Configuration configuration, Outbox outbox) {
    this.outbox = outbox;
    this.ofNormal = Limit.of(configuration, "normal");
    this.ofSubscribers = Limit.of(configuration, "pubsub");
    configuration.onChange(
        directive -> {
          ofNormal = Limit.of(configuration, "normal");
          ofSubscribers = Limit.of(configuration, "pubsub");
        });
  }

  private Limit limit(Client client) {
    return switch (ClientType.of(client)) {
      case NORMAL -> ofNormal;
      case PUBSUB -> ofSubscribers;
      case REPLICA, MASTER -> new Limit(0, 0, 0);
    };
  }

  /**
   * Takes note of what is about to be sent.
   *
   * @return false if it is too much, and the client is to be closed instead
   */
  public boolean mayBeSent(Client client, int bytes, long nowMillis) {
    if (!limit(client).exists()) {
      return true;
    }
    Unsent queue = unsent.computeIfAbsent(client.connection(), connection -> new Unsent(client));
    queue.bytes += bytes;
    if (isTooMuch(queue, nowMillis)) {
      end(queue);
      return false;
    }
    client.outputBytes(queue.bytes);
    if (queue.asked == 0) {
      ask(queue);
    }
    return true;
  }

  private void ask(Unsent queue) {
    queue.asked = queue.bytes;
    outbox.toNetwork(new Effect.AwaitDrained(queue.client.connection()));
  }

  private boolean isTooMuch(Unsent queue, long nowMillis) {
    Limit limit = limit(queue.client);
    long counted = queue.bytes > UNCOUNTED ? queue.bytes : 0;
    if (limit.soft() == 0 || counted <= limit.soft()) {
      queue.overSince = Long.MAX_VALUE;
    } else if (queue.overSince == Long.MAX_VALUE) {
      queue.overSince = nowMillis;
    }
    boolean forTooLong =
        queue.overSince != Long.MAX_VALUE && nowMillis - queue.overSince > limit.millis();
    return forTooLong || (limit.hard() > 0 && counted > limit.hard());
  }

  private void end(Unsent queue) {
    unsent.remove(queue.client.connection());
    queue.client.close();
    outbox.log(
        Effect.Level.WARNING,
        "Client "
            + queue.client.address()
            + " scheduled to be closed ASAP for overcoming of output buffer limits.");
  }

  /** Everything that was waited for on a connection has left. */
  public void drained(long connection) {
    Unsent queue = unsent.get(connection);
    if (queue == null) {
      return;
    }
    queue.bytes -= queue.asked;
    queue.asked = 0;
    queue.client.outputBytes(queue.bytes);
    if (queue.bytes > 0) {
      ask(queue);
    } else {
      unsent.remove(connection);
    }
  }

  /** Ends those for which too much has waited for too long. */
  public void tick(long nowMillis) {
    if (unsent.isEmpty()) {
      return;
    }
    List<Unsent> all = new ArrayList<>(unsent.values());
    for (Unsent queue : all) {
      if (isTooMuch(queue, nowMillis)) {
        end(queue);
      }
    }
  }

  /** Forgets a client that has gone. */
  public void forget(Client client) {
    unsent.remove(client.connection());
  }
}
