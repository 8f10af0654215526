package io.shardquake.node.core.command;

import io.shardquake.node.core.client.Client;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** How often each kind of error was replied, by its first word. Not thread-safe. */
public final class ErrorStatistics implements CommandObserver {
  /** Redis stops counting kinds when there are too many, as scripts may invent them. */
  private static final int MOST_KINDS = 128;

  private final Map<String, Long> counts = new TreeMap<>();
  private long total;

  @Override
  public void refused(Client client, String error) {
    total++;
    int space = error.indexOf(' ');
    String kind = space < 0 ? error : error.substring(0, space);
    if (counts.size() < MOST_KINDS || counts.containsKey(kind)) {
      counts.merge(kind, 1L, Long::sum);
    }
  }

  /** Errors replied. */
  public long total() {
    return total;
  }

  /** The counts by first word, in order. */
  public Map<String, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }

  /** Begins to count anew. */
  public void reset() {
    counts.clear();
    total = 0;
  }
}
