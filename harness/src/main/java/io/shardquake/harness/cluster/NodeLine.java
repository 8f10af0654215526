package io.shardquake.harness.cluster;

import io.shardquake.checkers.topology.SlotRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads a line of CLUSTER NODES:
 *
 * <pre>
 * id ip:port@cport[,hostname[,aux...]] flags master|- ping-sent pong-recv epoch link [slots...]
 * </pre>
 *
 * Redis before 4.0 prints no {@code @cport}. An IPv6 address has no brackets, so that the port is
 * what follows the last colon.
 */
final class NodeLine {
  private static final int FIXED_FIELDS = 8;

  private NodeLine() {}

  static NodeEntry parse(String line) {
    String[] fields = line.trim().split(" +");
    if (fields.length < FIXED_FIELDS) {
      throw new IllegalArgumentException("not a line of CLUSTER NODES: " + line);
    }
    try {
      String address = fields[1].split(",", 2)[0].split("@", 2)[0];
      int colon = address.lastIndexOf(':');
      Slots slots = new Slots();
      Arrays.stream(fields).skip(FIXED_FIELDS).forEach(slots::add);
      return new NodeEntry(
          fields[0],
          address.substring(0, colon),
          Integer.parseInt(address.substring(colon + 1)),
          flags(fields[2]),
          fields[3].equals("-") ? Optional.empty() : Optional.of(fields[3]),
          Long.parseLong(fields[6]),
          fields[7].equals("connected"),
          Collections.unmodifiableList(slots.owned),
          Collections.unmodifiableSortedMap(slots.migrating),
          Collections.unmodifiableSortedMap(slots.importing));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("not a line of CLUSTER NODES: " + line, e);
    }
  }

  private static SortedSet<String> flags(String text) {
    SortedSet<String> flags = new TreeSet<>(Arrays.asList(text.split(",")));
    flags.remove("noflags");
    return Collections.unmodifiableSortedSet(flags);
  }

  /**
   * Collects the slot items of a line: {@code 5}, {@code 0-9}, {@code [5->-id]}, {@code [5-<-id]}.
   */
  private static final class Slots {
    private static final String MIGRATING = "->-";
    private static final String IMPORTING = "-<-";

    private final List<SlotRange> owned = new ArrayList<>();
    private final SortedMap<Integer, String> migrating = new TreeMap<>();
    private final SortedMap<Integer, String> importing = new TreeMap<>();

    void add(String item) {
      if (!item.startsWith("[")) {
        String[] bounds = item.split("-", 2);
        owned.add(
            new SlotRange(
                Integer.parseInt(bounds[0]), Integer.parseInt(bounds[bounds.length - 1])));
      } else if (item.contains(MIGRATING)) {
        addOpen(item, MIGRATING, migrating);
      } else {
        addOpen(item, IMPORTING, importing);
      }
    }

    private static void addOpen(String item, String arrow, SortedMap<Integer, String> open) {
      int at = item.indexOf(arrow);
      open.put(
          Integer.valueOf(item.substring(1, at)),
          item.substring(at + arrow.length(), item.length() - 1));
    }
  }
}
