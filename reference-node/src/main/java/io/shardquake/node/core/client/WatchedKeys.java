package io.shardquake.node.core.client;

import io.shardquake.node.core.dict.Dict;
import io.shardquake.node.core.keyspace.Keyspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which clients watch which keys (WATCH). Not thread-safe. */
public final class WatchedKeys {
  private final List<Dict<List<Client>>> byDatabase = new ArrayList<>();

  public WatchedKeys(int databases) {
    for (int i = 0; i < databases; i++) {
      byDatabase.add(new Dict<>(0));
    }
  }

  /** Lets a client watch a key of its database, once. */
  public void watch(Client client, byte[] key, boolean expired) {
    int database = client.database();
    for (WatchedKey watched : client.watched()) {
      if (watched.database() == database && Arrays.equals(watched.key(), key)) {
        return;
      }
    }
    client.watched().add(new WatchedKey(database, key, expired));
    Dict<List<Client>> watchers = byDatabase.get(database);
    List<Client> list = watchers.get(key);
    if (list == null) {
      list = new ArrayList<>();
      watchers.put(key, list);
    }
    list.add(client);
  }

  /** Ends all of a client's watches. */
  public void unwatch(Client client) {
    for (WatchedKey watched : client.watched()) {
      Dict<List<Client>> watchers = byDatabase.get(watched.database());
      List<Client> list = watchers.get(watched.key());
      if (list != null && list.remove(client) && list.isEmpty()) {
        watchers.remove(watched.key());
      }
    }
    client.watched().clear();
    client.breakWatch(false);
  }

  /** A key has changed: the transactions of those who watch it will not run. */
  public void changed(int database, byte[] key) {
    Dict<List<Client>> watchers = byDatabase.get(database);
    if (watchers.isEmpty()) {
      return;
    }
    List<Client> list = watchers.get(key);
    if (list != null) {
      list.forEach(client -> client.breakWatch(true));
    }
  }

  /** Whether a key that a client watches has expired since, without having been deleted yet. */
  public static boolean anyExpired(Client client, List<Keyspace> keyspaces, long nowMillis) {
    return client.watched().stream()
        .anyMatch(
            watched ->
                !watched.wasExpired()
                    && keyspaces.get(watched.database()).isExpired(watched.key(), nowMillis));
  }
}
