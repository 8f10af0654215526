package io.shardquake.node.core.client;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All client connections. Not thread-safe. */
public final class Clients {
  private final Map<Long, Client> byConnection = new TreeMap<>();
  private final TreeMap<Long, Client> needCare = new TreeMap<>();
  private long lastId;
  private long accepted;

  /** Takes a new connection in. */
  public Client add(long connection, String address, String localAddress, long nowMillis) {
    Client client =
        new Client(
            ++lastId,
            connection,
            address,
            localAddress,
            nowMillis,
            careful -> needCare.put(connection, careful));
    byConnection.put(connection, client);
    accepted++;
    return client;
  }

  public Optional<Client> of(long connection) {
    return Optional.ofNullable(byConnection.get(connection));
  }

  /** The client of an id, as in CLIENT ID. */
  public Optional<Client> withId(long id) {
    return byConnection.values().stream().filter(client -> client.id() == id).findFirst();
  }

  /** Forgets a connection that is gone. */
  public Optional<Client> remove(long connection) {
    needCare.remove(connection);
    return Optional.ofNullable(byConnection.remove(connection));
  }

  /**
   * Those that something is to be sent to, or that are to be closed, by connection number; they are
   * not given again until there is something new.
   */
  public List<Client> takeThoseInNeed() {
    if (needCare.isEmpty()) {
      return List.of();
    }
    List<Client> taken = List.copyOf(needCare.values());
    needCare.clear();
    return taken;
  }

  /** By connection number, which is the order of arrival. */
  public Collection<Client> all() {
    return byConnection.values();
  }

  public int count() {
    return byConnection.size();
  }

  /** Begins to count anew. */
  public void resetCount() {
    accepted = 0;
  }

  /** Connections accepted since the start. */
  public long accepted() {
    return accepted;
  }
}
