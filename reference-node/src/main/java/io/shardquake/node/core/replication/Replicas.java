package io.shardquake.node.core.replication;

import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.client.Client;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The replicas of this node, in the order in which they came. Not thread-safe. */
final class Replicas {
  private final Map<Long, ReplicaLink> byConnection = new TreeMap<>();
  private List<ReplicaLink> all = List.of();

  void add(ReplicaLink replica) {
    byConnection.put(replica.client().connection(), replica);
    all = List.copyOf(byConnection.values());
  }

  Optional<ReplicaLink> of(long connection) {
    return Optional.ofNullable(byConnection.get(connection));
  }

  void remove(long connection) {
    if (byConnection.remove(connection) != null) {
      all = List.copyOf(byConnection.values());
    }
  }

  /**
   * All of them at this time: who comes and goes meanwhile does not disturb who goes through it.
   */
  List<ReplicaLink> all() {
    return all;
  }

  boolean isEmpty() {
    return byConnection.isEmpty();
  }

  int count() {
    return byConnection.size();
  }

  /** Ends all of their connections. */
  void disconnectAll() {
    for (ReplicaLink replica : all()) {
      drop(replica);
    }
  }

  /** Ends a replica's connection; it comes back by itself. */
  void drop(ReplicaLink replica) {
    Client client = replica.client();
    client.close();
    remove(client.connection());
  }

  /** Hands everybody a piece of the stream. */
  void feed(byte[] bytes) {
    all.forEach(replica -> replica.feed(bytes));
  }

  /** Sends what is due. */
  void flush(Outbox outbox) {
    all.forEach(replica -> replica.flush(outbox));
  }

  /** How many have confirmed an offset. */
  int acknowledging(long offset) {
    return (int)
        byConnection.values().stream()
            .filter(replica -> replica.isOnline() && replica.acknowledged() >= offset)
            .count();
  }

  /** How many were heard of not longer ago than some time. */
  int heardSince(long unixMillis) {
    return (int)
        byConnection.values().stream()
            .filter(replica -> replica.isOnline() && replica.acknowledgedAt() >= unixMillis)
            .count();
  }
}
