package io.shardquake.checkers.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers distinct entries from 0 in the order in which they first came. Not thread-safe. */
final class Dictionary<T> {
  private final Map<T, Integer> ids = new HashMap<>();
  private final List<T> entries = new ArrayList<>();

  /** The number of the entry interned last, which is often the next one too. */
  private int last = -1;

  /** The number of {@code entry}, a new one if it has none. */
  int intern(T entry) {
    if (last >= 0 && entries.get(last) == entry) {
      return last;
    }
    Integer known = ids.putIfAbsent(entry, entries.size());
    if (known == null) {
      entries.add(entry);
    }
    last = known == null ? entries.size() - 1 : known;
    return last;
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
