package io.shardquake.node.core.client;

import io.shardquake.node.core.dict.Dict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Clients that wait in a blocking command, and the keys that may have become able to serve them.
 * Those that waited longer are served first. Not thread-safe.
 */
public final class WaitingClients {
  private final Set<Client> waiting = new LinkedHashSet<>();
  private final Dict<Deque<Client>> byKey = new Dict<>(0);
  private final Deque<byte[]> ready = new ArrayDeque<>();
  private final Set<Client> woken = new LinkedHashSet<>();
  private final List<Client> released = new ArrayList<>();

  /** Takes in a client that has just been blocked. */
  public void add(Client client, Blocked blocked) {
    waiting.add(client);
    for (byte[] key : blocked.keys()) {
      Deque<Client> queue = byKey.get(key);
      if (queue == null) {
        queue = new ArrayDeque<>();
        byKey.put(key, queue);
      }
      if (!queue.contains(client)) {
        queue.addLast(client);
      }
    }
  }

  /** Forgets a client that left. */
  public void remove(Client client, Blocked blocked) {
    waiting.remove(client);
    for (byte[] key : blocked.keys()) {
      Deque<Client> queue = byKey.get(key);
      if (queue != null && queue.remove(client) && queue.isEmpty()) {
        byKey.remove(key);
      }
    }
  }

  /** Ends a client's waiting, because it was served or gave up; it is heard again. */
  public void release(Client client) {
    client.blocked().ifPresent(blocked -> remove(client, blocked));
    client.unblock();
    released.add(client);
  }

  /** The clients released since the last call, whose further requests may be waiting. */
  public List<Client> takeReleased() {
    if (released.isEmpty()) {
      return List.of();
    }
    List<Client> taken = List.copyOf(released);
    released.clear();
    return taken;
  }

  /** A key has changed. */
  public void changed(byte[] key) {
    if (!byKey.isEmpty() && byKey.contains(key)) {
      ready.addLast(key);
    }
  }

  /** What a client waits for, other than a key, may have come. */
  public void wake(Client client) {
    woken.add(client);
  }

  /** Whether something that somebody waits for may have come. */
  public boolean anyReady() {
    return !ready.isEmpty() || !woken.isEmpty();
  }

  /** The clients that were woken since the last call. */
  public List<Client> takeWoken() {
    if (woken.isEmpty()) {
      return List.of();
    }
    List<Client> taken = List.copyOf(woken);
    woken.clear();
    return taken;
  }

  /** Takes the key that changed first; null if there is none. */
  public byte @Nullable [] nextReady() {
    return ready.pollFirst();
  }

  /** The clients that a key may serve, the longest waiting first. */
  public List<Client> waitingFor(byte[] key) {
    Deque<Client> queue = byKey.get(key);
    return queue == null ? List.of() : List.copyOf(queue);
  }

  /** The clients whose time is over. */
  public List<Client> overdue(long nowMillis) {
    List<Client> overdue = new ArrayList<>();
    for (Client client : waiting) {
      if (client.blocked().map(b -> b.deadline() <= nowMillis).orElse(false)) {
        overdue.add(client);
      }
    }
    return overdue;
  }

  /** All of them, the longest waiting first. */
  public List<Client> all() {
    return List.copyOf(waiting);
  }

  /** How many of them will give up some time. */
  public long withDeadline() {
    return waiting.stream()
        .filter(client -> client.blocked().map(by -> by.deadline() != Long.MAX_VALUE).orElse(false))
        .count();
  }

  public int count() {
    return waiting.size();
  }
}
