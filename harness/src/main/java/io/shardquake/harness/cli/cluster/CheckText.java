package io.shardquake.harness.cli.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.checkers.topology.OpenSlot;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.check.Anomaly;
import io.shardquake.harness.cluster.check.AnomalyKind;
import io.shardquake.harness.cluster.check.CheckReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The state of a cluster, explained. */
final class CheckText {
  /** Beyond this many of one kind, the rest is only counted. */
  private static final int SHOWN = 10;

  private CheckText() {}

  /** For people: first in the words that they know, then what is wrong, with explanations. */
  static List<String> of(CheckReport report) {
    List<String> lines = new ArrayList<>(NodeText.of(report.snapshot()));
    boolean agreed =
        report.anomalies().stream().noneMatch(a -> a.kind() == AnomalyKind.DISAGREEMENT);
    lines.add(
        agreed
            ? "[OK] All nodes agree about slots configuration."
            : "[ERR] Nodes don't agree about configuration!");
    lines.add(">>> Check for open slots...");
    report.snapshot().reports().forEach(node -> lines.addAll(marks(node)));
    if (!report.snapshot().open().isEmpty()) {
      lines.add("[WARNING] The following slots are open: " + report.snapshot().open());
    }
    lines.add(">>> Check slots coverage...");
    lines.add(
        report.snapshot().owned().size() == SlotRange.SLOTS
            ? "[OK] All 16384 slots covered."
            : "[ERR] Not all 16384 slots are covered by nodes.");
    lines.addAll(explanations(report.anomalies()));
    return lines;
  }

  private static List<String> marks(NodeReport node) {
    List<String> lines = new ArrayList<>();
    for (OpenSlot.Direction direction : OpenSlot.Direction.values()) {
      String slots =
          node.myself().openSlots().stream()
              .filter(mark -> mark.direction() == direction)
              .map(mark -> Integer.toString(mark.slot()))
              .collect(Collectors.joining(","));
      if (!slots.isEmpty()) {
        lines.add(
            "[WARNING] Node "
                + node.address()
                + " has slots in "
                + direction.name().toLowerCase(Locale.ROOT)
                + " state "
                + slots
                + ".");
      }
    }
    return lines;
  }

  /** What is wrong, one explanation for all of a kind; the gravest first, as they were found. */
  static List<String> explanations(List<Anomaly> anomalies) {
    Map<AnomalyKind, List<Anomaly>> byKind = new TreeMap<>();
    anomalies.forEach(a -> byKind.computeIfAbsent(a.kind(), kind -> new ArrayList<>()).add(a));
    List<String> lines = new ArrayList<>();
    byKind.forEach(
        (kind, found) -> {
          lines.add("");
          lines.add((isGrave(kind) ? "[ERR] " : "[WARNING] ") + kind.meaning());
          found.stream().limit(SHOWN).forEach(anomaly -> lines.add("      " + anomaly.where()));
          if (found.size() > SHOWN) {
            lines.add("      and " + (found.size() - SHOWN) + " more");
          }
          lines.add("   Clients see:  " + kind.clientsSee());
          lines.add("   Likely cause: " + kind.cause());
          lines.add("   Repair:       " + kind.repair());
        });
    return lines;
  }

  private static boolean isGrave(AnomalyKind kind) {
    return switch (kind) {
      case UNREACHABLE,
          OWNER_DOWN,
          UNCOVERED,
          OPEN_AT_SOURCE,
          OPEN_AT_TARGET,
          CONTESTED,
          FOREIGN_KEYS,
          DOWN ->
          true;
      case OPEN, STALE_MARK, DISAGREEMENT, HANDSHAKE, CHAINED_REPLICA, EPOCH_COLLISION -> false;
    };
  }

  /** For programs. */
  static void json(CheckReport report, ObjectNode root) {
    root.put("clean", report.isClean());
    ArrayNode nodes = root.putArray("nodes");
    for (NodeReport node : report.snapshot().reports()) {
      ObjectNode object = nodes.addObject();
      NodeText.json(node, object);
      Long keys = report.keys().get(node.id());
      if (keys != null) {
        object.put("keys", keys);
      }
    }
    ArrayNode anomalies = root.putArray("anomalies");
    for (Anomaly anomaly : report.anomalies()) {
      ObjectNode object = anomalies.addObject();
      object.put("kind", anomaly.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      object.put("where", anomaly.where());
      object.put("slots", anomaly.slots().toString());
      anomaly.nodes().forEach(object.putArray("nodes")::add);
      object.put("meaning", anomaly.kind().meaning());
      object.put("clientsSee", anomaly.kind().clientsSee());
      object.put("cause", anomaly.kind().cause());
      object.put("repair", anomaly.kind().repair());
    }
  }
}
