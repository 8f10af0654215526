package io.shardquake.node.core.tracking;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.ClientTracking;
import io.shardquake.node.core.client.Clients;
import io.shardquake.node.core.command.CommandFlag;
import io.shardquake.node.core.command.CommandObserver;
import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.dict.Dict;
import io.shardquake.node.core.resp.ReplyBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which keys in a cache of its own, and the messages that they have changed (Redis
 * documentation, "Client-side caching in Redis"). A client that changes what it holds itself hears
 * of it after the reply to its request; others at once; those who want broadcasts at the end of the
 * turn. Not thread-safe.
 */
public final class KeyTracking implements CommandObserver {
  private static final byte[] CHANNEL = "__redis__:invalidate".getBytes(StandardCharsets.US_ASCII);

  private final Clients clients;
  private final Dict<Set<Client>> readers = new Dict<>(0);
  private final Set<Client> tracking = new LinkedHashSet<>();
  private final List<byte[]> own = new ArrayList<>();
  private final Map<Client, List<Changed>> broadcasts = new LinkedHashMap<>();
  private @Nullable Client executing;
  private boolean clearing;

  /** A key that changed, and whoever changed it. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  private record Changed(byte[] key, @Nullable Client by) {}

  public KeyTracking(Clients clients) {
    this.clients = clients;
  }

  /** Takes a client in that has begun to track. */
  void begin(Client client) {
    tracking.add(client);
  }

  /** Forgets a client that has ceased to track, or has gone. */
  public void forget(Client client) {
    if (tracking.remove(client)) {
      client.endTracking();
      broadcasts.remove(client);
    }
  }

  /** Number of keys that somebody is to hear of. */
  public int keys() {
    return readers.size();
  }

  @Override
  public void begins(Client client, CommandSpec spec) {
    executing = client;
  }

  @Override
  public void ran(Client client, CommandSpec spec, byte[][] arguments, Outcome outcome) {
    if (!tracking.isEmpty()
        && spec.is(CommandFlag.READONLY)
        && client.tracking().map(ClientTracking::remembers).orElse(false)) {
      remember(client, spec, arguments);
    }
  }

  private void remember(Client client, CommandSpec spec, byte[][] arguments) {
    for (int index : spec.keysIn(arguments)) {
      byte[] key = arguments[index];
      Set<Client> readersOfKey = readers.get(key);
      if (readersOfKey == null) {
        readersOfKey = new LinkedHashSet<>();
        readers.put(key, readersOfKey);
      }
      readersOfKey.add(client);
    }
  }

  /** A key has changed, come or gone. */
  public void changed(byte[] key) {
    if (tracking.isEmpty() || clearing) {
      return;
    }
    Set<Client> holders = readers.remove(key);
    if (holders != null) {
      holders.forEach(holder -> holderToldOf(holder, key));
    }
    for (Client client : tracking) {
      client.tracking().filter(wishes -> hears(wishes, key)).ifPresent(w -> broadcast(client, key));
    }
  }

  private static boolean hears(ClientTracking wishes, byte[] key) {
    return wishes.mode() == ClientTracking.Mode.BROADCAST
        && (wishes.prefixes().isEmpty()
            || wishes.prefixes().stream().anyMatch(prefix -> Prefixes.begins(key, prefix)));
  }

  private void broadcast(Client client, byte[] key) {
    broadcasts
        .computeIfAbsent(client, unused -> new ArrayList<>())
        .add(new Changed(key, executing));
  }

  @SuppressWarnings("ReferenceEquality") // A client is itself only.
  private void holderToldOf(Client holder, byte[] key) {
    ClientTracking wishes = holder.tracking().orElse(null);
    if (wishes == null || wishes.mode() == ClientTracking.Mode.BROADCAST) {
      return;
    }
    if (holder != executing) {
      tell(holder, wishes, List.of(key));
    } else if (!wishes.noLoop()) {
      own.add(key);
    }
  }

  /** All keys are about to go at once: one message says so, in place of one for each. */
  public void clears() {
    if (tracking.isEmpty()) {
      return;
    }
    readers.clear();
    clearing = true;
  }

  /** Tells what has been kept back until a client's request was answered. */
  public void requestEnded() {
    Client client = executing;
    executing = null;
    if (clearing) {
      clearing = false;
      List.copyOf(tracking)
          .forEach(each -> each.tracking().ifPresent(wishes -> tell(each, wishes, List.of())));
    }
    if (client != null && !own.isEmpty()) {
      List<byte[]> keys = List.copyOf(own);
      own.clear();
      client.tracking().ifPresent(wishes -> keys.forEach(k -> tell(client, wishes, List.of(k))));
    }
  }

  /** Sends the broadcasts of a turn, one message for each client and prefix. */
  public void endTurn() {
    if (broadcasts.isEmpty()) {
      return;
    }
    Map<Client, List<Changed>> due = new LinkedHashMap<>(broadcasts);
    broadcasts.clear();
    due.forEach(
        (client, changes) ->
            client.tracking().ifPresent(wishes -> broadcast(client, wishes, changes)));
  }

  @SuppressWarnings("ReferenceEquality") // A client is itself only.
  private void broadcast(Client client, ClientTracking wishes, List<Changed> changes) {
    List<byte[]> prefixes = wishes.prefixes().isEmpty() ? List.of(new byte[0]) : wishes.prefixes();
    for (byte[] prefix : prefixes) {
      Set<String> seen = new LinkedHashSet<>();
      List<byte[]> keys = new ArrayList<>();
      for (Changed change : changes) {
        boolean ownChange = wishes.noLoop() && change.by() == client;
        if (!ownChange
            && Prefixes.begins(change.key(), prefix)
            && seen.add(new String(change.key(), StandardCharsets.ISO_8859_1))) {
          keys.add(change.key());
        }
      }
      if (!keys.isEmpty()) {
        tell(client, wishes, keys);
      }
    }
  }

  /** Sends a message; without keys it says that all have changed. */
  private void tell(Client holder, ClientTracking wishes, List<byte[]> keys) {
    OptionalLong redirect = wishes.redirect();
    Client target = holder;
    if (redirect.isPresent()) {
      target = clients.withId(redirect.getAsLong()).orElse(null);
      if (target == null) {
        sayBroken(holder, wishes, redirect.getAsLong());
        return;
      }
    }
    ReplyBuffer reply = target.reply();
    if (reply.isResp3()) {
      reply.push(2);
      reply.bulk("invalidate");
    } else if (redirect.isPresent() && !target.subscriptions().isEmpty()) {
      reply.push(3);
      reply.bulk("message");
      reply.bulk(CHANNEL);
    } else {
      return;
    }
    if (keys.isEmpty()) {
      reply.nullArray();
    } else {
      reply.bulks(keys);
    }
  }

  private static void sayBroken(Client holder, ClientTracking wishes, long redirect) {
    wishes.breakRedirect();
    ReplyBuffer reply = holder.reply();
    if (reply.isResp3()) {
      reply.push(2);
      reply.bulk("tracking-redir-broken");
      reply.integer(redirect);
    }
  }
}
