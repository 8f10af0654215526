package io.shardquake.harness.netns;

import io.shardquake.faults.network.Direction;
import io.shardquake.faults.network.Impairment;
import io.shardquake.faults.network.Plane;
import java.util.List;
import java.util.Map;

/**
 * Renders what is to go wrong as one nft script, which the kernel takes over as a whole or not at
 * all. Pure.
 *
 * <p>All nodes are on loopback, each with an address of its own that it also opens its connections
 * from. Packets are dropped on their way in: dropped on their way out the kernel would tell the
 * sender. What the harness itself asks of a node goes to another address, which is translated, and
 * whose connections are marked: it gets through whatever happens.
 *
 * <pre>
 *   client  127.0.0.1  ──► 127.0.0.11:7000 ─┐
 *   node n2 127.0.0.12 ──► 127.0.0.11:7000 ─┼─ filter ─► n1
 *   harness 127.0.0.1  ──► 127.1.0.11:7000 ─┘ (marked: accepted)
 * </pre>
 */
final class PacketRules {
  static final String TABLE = "shardquake";
  private static final int MARK = 0x5a;
  private static final long PER_MILLE = 1000;

  private final Map<String, FilteredNode> nodes;
  private final List<String> names;

  PacketRules(Map<String, FilteredNode> nodes) {
    this.nodes = nodes;
    this.names = List.copyOf(nodes.keySet());
  }

  /** The table before anything goes wrong. */
  String base() {
    StringBuilder script = new StringBuilder("table ip " + TABLE + " {\n");
    script.append("  chain translate {\n    type nat hook output priority -100\n");
    nodes
        .values()
        .forEach(
            node ->
                script.append(
                    "    ip daddr %s ct mark set %d dnat to %s%n"
                        .formatted(node.control(), MARK, node.address())));
    script.append("  }\n  chain cut {\n    type filter hook input priority 0\n  }\n}\n");
    return script.toString();
  }

  /** Makes these the only rules, in one transaction. Counters go on counting. */
  String only(List<Rule> rules) {
    StringBuilder script = new StringBuilder();
    rules.forEach(
        rule ->
            script.append("add counter ip %s %s%n".formatted(TABLE, counter(rule.direction()))));
    script.append("flush chain ip %s cut%n".formatted(TABLE));
    script.append("add rule ip %s cut ct mark %d accept%n".formatted(TABLE, MARK));
    rules.forEach(rule -> append(rule, script));
    return script.toString();
  }

  /** What is to happen to the packets of one direction. */
  record Rule(Direction direction, Impairment what) {}

  private void append(Rule rule, StringBuilder script) {
    String verdict = verdict(rule.what());
    for (String match : matches(rule.direction())) {
      script.append(
          "add rule ip %s cut %s %scounter name %s %s%n"
              .formatted(TABLE, match, chance(rule.what()), counter(rule.direction()), verdict));
    }
  }

  private static String chance(Impairment what) {
    return what.drop() || what.reset()
        ? ""
        : "numgen random mod %d < %d ".formatted(PER_MILLE, Math.round(what.loss() * PER_MILLE));
  }

  private static String verdict(Impairment what) {
    return what.reset() ? "reject with tcp reset" : "drop";
  }

  /** Whether a packet filter can bring this about. */
  static boolean can(Impairment what) {
    Impairment rest =
        new Impairment(
            Impairment.NONE.drop(),
            what.blackhole(),
            Impairment.NONE.reset(),
            what.duplicate(),
            what.delay(),
            what.jitter(),
            what.bytesPerSecond(),
            what.lateClose(),
            what.corruption(),
            Impairment.NONE.loss());
    return rest.equals(Impairment.NONE);
  }

  private List<String> matches(Direction direction) {
    if (direction.plane() == Plane.CLIENT) {
      return List.of(
          direction.from().equals(Direction.CLIENTS)
              ? "ip saddr != { %s } ip daddr %s tcp dport %d"
                  .formatted(addresses(), node(direction.to()).address(), port(direction.to()))
              : "ip saddr %s ip daddr != { %s } tcp sport %d"
                  .formatted(
                      node(direction.from()).address(), addresses(), port(direction.from())));
    }
    FilteredNode from = node(direction.from());
    FilteredNode to = node(direction.to());
    String pair = "ip saddr " + from.address() + " ip daddr " + to.address();
    boolean bus = direction.plane() == Plane.BUS;
    // Of a pair, either may have opened the connection.
    return List.of(
        pair + " tcp dport " + (bus ? to.busPort() : to.port()),
        pair + " tcp sport " + (bus ? from.busPort() : from.port()));
  }

  private int port(String name) {
    return node(name).port();
  }

  private String addresses() {
    return String.join(", ", nodes.values().stream().map(FilteredNode::address).toList());
  }

  private FilteredNode node(String name) {
    FilteredNode node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException("there is no node " + name + ", only " + names);
    }
    return node;
  }

  /** The name of the counter of a direction: nodes by number, clients as 0. */
  String counter(Direction direction) {
    return "c_%d_%d_%s"
        .formatted(number(direction.from()), number(direction.to()), direction.plane());
  }

  private int number(String name) {
    if (name.equals(Direction.CLIENTS)) {
      return 0;
    }
    node(name);
    return names.indexOf(name) + 1;
  }
}
