package io.shardquake.checkers.topology;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the text of CLUSTER NODES, which is that of {@code nodes.conf} too: {@code <id> <address>
 * <flags> <master> <ping-sent> <pong-received> <config-epoch> <link-state> <slot>…}.
 */
public final class ClusterNodes {
  private static final int FIXED_COLUMNS = 8;

  private ClusterNodes() {}

  /**
   * The nodes in their order. Empty lines and the {@code vars} line of nodes.conf are skipped.
   *
   * @throws IllegalArgumentException in one line which line cannot be read, and why
   */
  public static List<NodeView> parse(String text) {
    List<NodeView> nodes = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("vars ")) {
        continue;
      }
      try {
        nodes.add(node(columns(line.strip())));
      } catch (IllegalArgumentException problem) {
        throw new IllegalArgumentException(
            "line " + number + " of the CLUSTER NODES reply: " + problem.getMessage(), problem);
      }
    }
    return List.copyOf(nodes);
  }

  /** Servers put one space between columns, for which no regular expression is needed. */
  private static String[] columns(String line) {
    return line.contains("  ") ? line.split(" +", -1) : line.split(" ", -1);
  }

  private static NodeView node(String[] columns) {
    if (columns.length < FIXED_COLUMNS) {
      throw new IllegalArgumentException(
          "it has " + columns.length + " columns, not at least " + FIXED_COLUMNS);
    }
    List<SlotRange> slots = new ArrayList<>();
    List<OpenSlot> openSlots = new ArrayList<>();
    for (int i = FIXED_COLUMNS; i < columns.length; i++) {
      if (columns[i].startsWith("[")) {
        openSlots.add(openSlot(columns[i]));
      } else {
        slots.add(slots(columns[i]));
      }
    }
    return new NodeView(
        columns[0],
        NodeAddress.parse(columns[1]),
        flags(columns[2]),
        columns[3].equals("-") ? Optional.empty() : Optional.of(columns[3]),
        number(columns[4]),
        number(columns[5]),
        number(columns[6]),
        linked(columns[7]),
        slots,
        openSlots);
  }

  private static Set<NodeFlag> flags(String column) {
    Set<NodeFlag> flags = EnumSet.noneOf(NodeFlag.class);
    for (String word : column.split(",", -1)) {
      NodeFlag.of(word).ifPresent(flags::add);
    }
    return flags;
  }

  private static boolean linked(String column) {
    return switch (column) {
      case "connected" -> true;
      case "disconnected" -> false;
      default -> throw new IllegalArgumentException("'" + column + "' is no state of a link");
    };
  }

  private static SlotRange slots(String column) {
    int dash = column.indexOf('-');
    return dash < 0
        ? new SlotRange(slot(column), slot(column))
        : new SlotRange(slot(column.substring(0, dash)), slot(column.substring(dash + 1)));
  }

  private static OpenSlot openSlot(String column) {
    int end = column.length() - 1;
    int leaving = column.indexOf("->-");
    int coming = column.indexOf("-<-");
    int arrow = Math.max(leaving, coming);
    if (arrow < 0 || column.charAt(end) != ']' || arrow + 3 > end) {
      throw new IllegalArgumentException("'" + column + "' is no open slot");
    }
    return new OpenSlot(
        slot(column.substring(1, arrow)),
        leaving >= 0 ? OpenSlot.Direction.MIGRATING : OpenSlot.Direction.IMPORTING,
        column.substring(arrow + 3, end));
  }

  private static int slot(String digits) {
    long slot = number(digits);
    if (slot < 0 || slot >= SlotRange.SLOTS) {
      throw new IllegalArgumentException(digits + " is no slot");
    }
    return (int) slot;
  }

  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException("'" + digits + "' is no number", notANumber);
    }
  }
}
