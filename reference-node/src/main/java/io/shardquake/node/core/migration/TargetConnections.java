package io.shardquake.node.core.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Open connections to the targets of earlier MIGRATEs, kept for the next one. Not thread-safe. */
final class TargetConnections {
  private static final int MOST = 64;
  private static final long IDLE_MILLIS = 10_000;

  /** A connection, and the database that the target has selected on it. */
  static final class Target {
    private final long connection;
    private long database;
    private long lastUse;

    Target(long connection, long nowMillis) {
      this.connection = connection;
      this.lastUse = nowMillis;
    }

    long connection() {
      return connection;
    }

    /** The selected database; -1 if that is not known. */
    long database() {
      return database;
    }

    void selected(long index) {
      this.database = index;
    }
  }

  private final Map<String, Target> byEndpoint = new TreeMap<>();

  Optional<Target> of(String endpoint, long nowMillis) {
    Target target = byEndpoint.get(endpoint);
    if (target != null) {
      target.lastUse = nowMillis;
    }
    return Optional.ofNullable(target);
  }

  /** Keeps a new connection; gives the one that has to make room for it, to be closed. */
  Optional<Long> add(String endpoint, Target target) {
    Optional<Long> displaced = Optional.empty();
    if (byEndpoint.size() == MOST) {
      String oldest =
          byEndpoint.entrySet().stream()
              .min((a, b) -> Long.compare(a.getValue().lastUse, b.getValue().lastUse))
              .orElseThrow()
              .getKey();
      displaced = Optional.of(byEndpoint.remove(oldest).connection);
    }
    byEndpoint.put(endpoint, target);
    return displaced;
  }

  /** Forgets a connection; false if it is none of these. */
  boolean remove(long connection) {
    return byEndpoint.values().removeIf(target -> target.connection == connection);
  }

  /** Forgets those that nobody has used for a while, and gives them to be closed. */
  List<Long> removeIdle(long nowMillis) {
    List<Long> idle = new ArrayList<>();
    for (Target target : byEndpoint.values()) {
      if (nowMillis - target.lastUse > IDLE_MILLIS) {
        idle.add(target.connection);
      }
    }
    idle.forEach(this::remove);
    return idle;
  }

  boolean contains(long connection) {
    return byEndpoint.values().stream().anyMatch(target -> target.connection == connection);
  }

  int count() {
    return byEndpoint.size();
  }
}
