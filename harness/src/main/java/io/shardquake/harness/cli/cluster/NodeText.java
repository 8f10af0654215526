package io.shardquake.harness.cli.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Nodes in the words that users know from redis-cli and redis-trib. */
final class NodeText {
  private NodeText() {}

  /** All nodes that answered. */
  static List<String> of(ClusterSnapshot snapshot) {
    List<String> lines = new ArrayList<>();
    snapshot.reports().forEach(report -> lines.addAll(of(report, snapshot)));
    return lines;
  }

  /** One node, in two or three lines. */
  static List<String> of(NodeReport node, ClusterSnapshot snapshot) {
    List<String> lines = new ArrayList<>();
    lines.add((node.isMaster() ? "M: " : "S: ") + node.id() + " " + node.address());
    lines.add(
        "   slots:"
            + ranges(node.myself().slots())
            + " ("
            + node.myself().slotCount()
            + " slots) "
            + (node.isMaster() ? "master" : "slave"));
    if (node.isMaster()) {
      lines.add("   " + snapshot.replicasOf(node.id()).size() + " additional replica(s)");
    }
    node.myself().master().ifPresent(master -> lines.add("   replicates " + master));
    return lines;
  }

  private static String ranges(List<SlotRange> slots) {
    if (slots.isEmpty()) {
      return "";
    }
    return slots.stream()
        .map(r -> r.size() == 1 ? "[" + r.first() + "]" : "[" + r.first() + "-" + r.last() + "]")
        .collect(Collectors.joining(","));
  }

  /** One node as JSON. */
  static void json(NodeReport node, ObjectNode object) {
    object.put("id", node.id());
    object.put("address", node.address().toString());
    object.put("role", node.isMaster() ? "master" : "replica");
    node.myself().master().ifPresent(master -> object.put("replicates", master));
    ArrayNode slots = object.putArray("slots");
    node.myself().slots().forEach(range -> slots.addArray().add(range.first()).add(range.last()));
  }
}
