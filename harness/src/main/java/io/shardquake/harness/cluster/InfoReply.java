package io.shardquake.harness.cluster;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code name:value} lines of an INFO or CLUSTER INFO reply.
 *
 * @param fields value of each name
 */
public record InfoReply(Map<String, String> fields) {
  public InfoReply {
    fields = Collections.unmodifiableMap(new TreeMap<>(fields));
  }

  /** Reads a reply; headings and lines without a colon are skipped. */
  public static InfoReply parse(String reply) {
    Map<String, String> fields = new TreeMap<>();
    reply
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).trim());
              }
            });
    return new InfoReply(fields);
  }

  /** The value of a field; empty if the server does not report it. */
  public String get(String name) {
    return fields.getOrDefault(name, "");
  }
}
