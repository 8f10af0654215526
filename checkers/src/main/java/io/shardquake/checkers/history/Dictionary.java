package io.shardquake.checkers.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers distinct entries from 0 in the order in which they first came. Not thread-safe. */
final class Dictionary<T> {
  private final Map<T, Integer> ids = new HashMap<>();
  private final List<T> entries = new ArrayList<>();

  /** The number of {@code entry}, a new one if it has none. */
  int intern(T entry) {
    Integer known = ids.putIfAbsent(entry, entries.size());
    if (known != null) {
      return known;
    }
    entries.add(entry);
    return entries.size() - 1;
  }

  /** The number of {@code entry}, or -1. */
  int find(T entry) {
    return ids.getOrDefault(entry, -1);
  }

  T get(int id) {
    return entries.get(id);
  }

  int size() {
    return entries.size();
  }
}
