package io.shardquake.node.core.pubsub;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Subscriptions.Kind;
import io.shardquake.node.core.cluster.MessageDelivery;
import io.shardquake.node.core.dict.Dict;
import io.shardquake.node.core.keyspace.GlobPattern;
import io.shardquake.node.core.keyspace.HashSlot;
import io.shardquake.node.core.resp.ReplyBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who is subscribed to what, and the messages to them. Not thread-safe. */
public final class PubSub implements MessageDelivery {
  private final Dict<Set<Client>> channels = new Dict<>(0);
  private final Dict<Set<Client>> patterns = new Dict<>(0);
  private final Dict<Set<Client>> shardChannels = new Dict<>(0);

  private Dict<Set<Client>> subscribers(Kind kind) {
    return switch (kind) {
      case CHANNEL -> channels;
      case PATTERN -> patterns;
      case SHARD_CHANNEL -> shardChannels;
    };
  }

  private static String prefix(Kind kind) {
    return switch (kind) {
      case CHANNEL -> "";
      case PATTERN -> "p";
      case SHARD_CHANNEL -> "s";
    };
  }

  /** Subscribes a client, and confirms it. */
  void subscribe(Client client, Kind kind, byte[] name) {
    if (client.subscriptions().add(kind, name)) {
      Set<Client> subscribed = subscribers(kind).get(name);
      if (subscribed == null) {
        subscribed = new LinkedHashSet<>();
        subscribers(kind).put(name, subscribed);
      }
      subscribed.add(client);
    }
    confirm(client, kind, "subscribe", name);
  }

  /** Ends a client's subscription, if it has it, and confirms that. */
  void unsubscribe(Client client, Kind kind, byte[] name) {
    remove(client, kind, name);
    confirm(client, kind, "unsubscribe", name);
  }

  /** Ends all of a client's subscriptions of a kind, and confirms each one, or that it has none. */
  void unsubscribeAll(Client client, Kind kind) {
    List<byte[]> names = client.subscriptions().names(kind);
    names.forEach(name -> unsubscribe(client, kind, name));
    if (names.isEmpty()) {
      ReplyBuffer reply = client.reply();
      reply.push(3);
      reply.bulk(prefix(kind) + "unsubscribe");
      reply.nullBulk();
      reply.integer(client.subscriptions().count(kind));
    }
  }

  private static void confirm(Client client, Kind kind, String what, byte[] name) {
    ReplyBuffer reply = client.reply();
    reply.push(3);
    reply.bulk(prefix(kind) + what);
    reply.bulk(name);
    reply.integer(client.subscriptions().count(kind));
  }

  private void remove(Client client, Kind kind, byte[] name) {
    if (client.subscriptions().remove(kind, name)) {
      Set<Client> subscribed = subscribers(kind).get(name);
      if (subscribed != null && subscribed.remove(client) && subscribed.isEmpty()) {
        subscribers(kind).remove(name);
      }
    }
  }

  /** Ends all of a client's subscriptions without a word. */
  public void forget(Client client) {
    for (Kind kind : Kind.values()) {
      client.subscriptions().names(kind).forEach(name -> remove(client, kind, name));
    }
  }

  /** Sends a message to this node's subscribers; gives how many times it was sent. */
  int publish(boolean sharded, byte[] channel, byte[] message) {
    Dict<Set<Client>> direct = sharded ? shardChannels : channels;
    int sent = 0;
    for (Client client : orEmpty(direct, channel)) {
      ReplyBuffer reply = client.reply();
      reply.push(3);
      reply.bulk(sharded ? "smessage" : "message");
      reply.bulk(channel);
      reply.bulk(message);
      sent++;
    }
    return sharded ? sent : sent + publishByPattern(channel, message);
  }

  private int publishByPattern(byte[] channel, byte[] message) {
    int[] sent = new int[1];
    patterns.forEach(
        (pattern, clients) -> {
          if (GlobPattern.of(pattern).matches(channel)) {
            for (Client client : clients) {
              ReplyBuffer reply = client.reply();
              reply.push(4);
              reply.bulk("pmessage");
              reply.bulk(pattern);
              reply.bulk(channel);
              reply.bulk(message);
              sent[0]++;
            }
          }
        });
    return sent[0];
  }

  @Override
  public void deliver(boolean sharded, byte[] channel, byte[] message) {
    publish(sharded, channel, message);
  }

  @Override
  public void slotLost(int slot) {
    if (shardChannels.isEmpty()) {
      return;
    }
    for (byte[] channel : names(Kind.SHARD_CHANNEL)) {
      if (HashSlot.of(channel) == slot) {
        for (Client client : List.copyOf(orEmpty(shardChannels, channel))) {
          unsubscribe(client, Kind.SHARD_CHANNEL, channel);
        }
      }
    }
  }

  /** Whether somebody is subscribed to a channel of this slot's shard. */
  public boolean isHeardIn(int slot) {
    return !shardChannels.isEmpty()
        && names(Kind.SHARD_CHANNEL).stream().anyMatch(channel -> HashSlot.of(channel) == slot);
  }

  private static Set<Client> orEmpty(Dict<Set<Client>> subscribers, byte[] name) {
    Set<Client> found = subscribers.get(name);
    return found == null ? Collections.emptySet() : found;
  }

  /** The names that somebody is subscribed to. */
  List<byte[]> names(Kind kind) {
    List<byte[]> names = new ArrayList<>();
    subscribers(kind).forEach((name, clients) -> names.add(name));
    return names;
  }

  /** How many clients are subscribed to a name. */
  int count(Kind kind, byte[] name) {
    return orEmpty(subscribers(kind), name).size();
  }

  /** How many different names of a kind somebody is subscribed to. */
  public int countNames(Kind kind) {
    return subscribers(kind).size();
  }
}
