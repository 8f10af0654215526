package io.shardquake.harness.cli.lab;

import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.faults.NodeStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The state of a cluster and of its traffic, as lines for people. Pure. */
final class LabScreen {
  private static final int RANGES = 3;

  private LabScreen() {}

  /**
   * One node.
   *
   * @param status its process
   * @param sample the last that it said of the cluster
   */
  record Node(NodeStatus status, TopologySample sample) {}

  /**
   * Traffic.
   *
   * @param rate operations per second
   * @param ok how many succeeded since the start; fail and info likewise
   * @param p99Millis latency
   * @param errors how often each occurred, by name
   */
  record Load(
      long rate, long ok, long fail, long info, double p99Millis, SortedMap<String, Long> errors) {}

  /** All of it. */
  static List<String> lines(List<Node> nodes, Load load, String faults) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%-5s %-8s %-8s %-6s %-9s %-6s %s",
            "node", "process", "role", "of", "state", "epoch", "slots"));
    Map<String, String> names = names(nodes);
    nodes.forEach(node -> lines.add(line(node, names)));
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "traffic  %,d ops/s  ok %,d  fail %,d  info %,d  p99 %.1f ms",
            load.rate(),
            load.ok(),
            load.fail(),
            load.info(),
            load.p99Millis()));
    lines.add(
        "errors   "
            + (load.errors().isEmpty()
                ? "none"
                : load.errors().entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .collect(Collectors.joining("  "))));
    lines.add("faults   " + (faults.isEmpty() ? "none" : faults));
    return lines;
  }

  private static Map<String, String> names(List<Node> nodes) {
    Map<String, String> names = new HashMap<>();
    for (Node node : nodes) {
      if (node.sample().answered()) {
        ClusterView.of(node.sample())
            .myself()
            .ifPresent(me -> names.put(me.id(), node.status().name()));
      }
    }
    return names;
  }

  private static String line(Node node, Map<String, String> names) {
    String process = node.status().state().name().toLowerCase(Locale.ROOT);
    if (!node.sample().answered()) {
      return String.format(
          "%-5s %-8s %s",
          node.status().name(), process, "does not answer: " + node.sample().error());
    }
    ClusterView view = ClusterView.of(node.sample());
    NodeView me = view.myself().orElseThrow();
    return String.format(
        "%-5s %-8s %-8s %-6s %-9s %-6d %s",
        node.status().name(),
        process,
        me.is(NodeFlag.MASTER) ? "master" : "replica",
        me.master().map(id -> names.getOrDefault(id, id.substring(0, 6))).orElse(""),
        (view.info().ok() ? "ok" : "fail") + suspects(view),
        me.configEpoch(),
        slots(me));
  }

  /** How many others it takes for failing. */
  private static String suspects(ClusterView view) {
    long failing =
        view.nodes().stream()
            .filter(node -> node.is(NodeFlag.FAIL) || node.is(NodeFlag.PFAIL))
            .count();
    return failing == 0 ? "" : " -" + failing;
  }

  private static String slots(NodeView node) {
    if (node.slots().isEmpty()) {
      return "";
    }
    String ranges =
        node.slots().stream().limit(RANGES).map(LabScreen::range).collect(Collectors.joining(","));
    String open = node.openSlots().isEmpty() ? "" : "  open: " + node.openSlots().size();
    return node.slotCount()
        + " ("
        + ranges
        + (node.slots().size() > RANGES ? ",…" : "")
        + ")"
        + open;
  }

  private static String range(SlotRange range) {
    return range.size() == 1 ? String.valueOf(range.first()) : range.first() + "-" + range.last();
  }
}
