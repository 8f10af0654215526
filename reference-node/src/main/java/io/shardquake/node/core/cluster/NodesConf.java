package io.shardquake.node.core.cluster;

import io.shardquake.node.core.defect.Defect;
import io.shardquake.node.core.keyspace.HashSlot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;

/** The file in which a node keeps its view of the cluster, byte for byte as Redis writes it. */
final class NodesConf {
  private NodesConf() {}

  /** The file's content. */
  static byte[] write(ClusterState state) {
    long currentEpoch = state.has(Defect.FORGET_CURRENT_EPOCH) ? 0 : state.currentEpoch;
    long lastVoteEpoch = state.has(Defect.FORGET_VOTE) ? 0 : state.lastVoteEpoch;
    String text =
        NodesText.forFile(state)
            + "vars currentEpoch "
            + currentEpoch
            + " lastVoteEpoch "
            + lastVoteEpoch
            + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Fills a state that knows only itself from a file's content.
   *
   * @param now Unix milliseconds
   * @throws IllegalArgumentException if the content is no such file, with the line and the reason
   */
  static void read(byte[] content, ClusterState state, LongSupplier now) {
    List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
    boolean found = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty()) {
        continue;
      }
      try {
        List<String> words = List.of(line.split(" ", -1));
        if (words.get(0).equals("vars")) {
          readVars(words, state);
        } else {
          found |= readNode(words, state, now);
        }
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    if (!found) {
      throw new IllegalArgumentException("no line describes this node itself (myself)");
    }
    for (ClusterNode node : state.nodes().values()) {
      state.currentEpoch = Math.max(state.currentEpoch, node.configEpoch());
    }
  }

  private static void readVars(List<String> words, ClusterState state) {
    for (int i = 1; i + 1 < words.size(); i += 2) {
      switch (words.get(i)) {
        case "currentEpoch" -> state.currentEpoch = Long.parseLong(words.get(i + 1));
        case "lastVoteEpoch" -> state.lastVoteEpoch = Long.parseLong(words.get(i + 1));
        default -> {}
      }
    }
  }

  /** Reads the line of a node; gives whether it is this node's own. */
  private static boolean readNode(List<String> words, ClusterState state, LongSupplier now) {
    if (words.size() < 8) {
      throw new IllegalArgumentException("a node's line has at least 8 words");
    }
    int flags = NodeFlag.parse(words.get(2));
    ClusterNode node = node(words.get(0), state, now);
    if (NodeFlag.MYSELF.in(flags)) {
      state.myself(node);
    }
    for (NodeFlag flag : NodeFlag.values()) {
      if (flag.in(flags)) {
        node.set(flag);
      }
    }
    readAddress(node, words.get(1));
    if (node.is(NodeFlag.FAIL)) {
      node.failedAt = now.getAsLong();
    }
    if (!words.get(3).equals("-")) {
      node.follow(node(words.get(3), state, now));
    }
    node.pingSent = Long.parseLong(words.get(4)) == 0 ? 0 : now.getAsLong();
    node.pongReceived = Long.parseLong(words.get(5)) == 0 ? 0 : now.getAsLong();
    node.configEpoch(node.isMaster() ? Long.parseLong(words.get(6)) : 0);
    for (String slots : words.subList(8, words.size())) {
      if (!slots.isEmpty()) {
        readSlots(slots, node, state, now);
      }
    }
    return node.isMyself();
  }

  /** A node, made if a line before has not named it yet. */
  private static ClusterNode node(String id, ClusterState state, LongSupplier now) {
    if (id.length() != 40) {
      throw new IllegalArgumentException("a node ID has 40 characters, not '" + id + "'");
    }
    return state
        .nodes()
        .computeIfAbsent(id, unknown -> new ClusterNode(unknown, 0, now.getAsLong()));
  }

  private static void readAddress(ClusterNode node, String text) {
    int comma = text.indexOf(',');
    String address = comma < 0 ? text : text.substring(0, comma);
    if (comma >= 0) {
      node.nameHost(text.substring(comma + 1));
    }
    int at = address.lastIndexOf('@');
    String client = at < 0 ? address : address.substring(0, at);
    int colon = client.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("an address has a port, not '" + text + "'");
    }
    int port = Integer.parseInt(client.substring(colon + 1));
    int busPort = at < 0 ? port + 10_000 : Integer.parseInt(address.substring(at + 1));
    node.address(client.substring(0, colon), port, 0, busPort);
  }

  private static void readSlots(
      String text, ClusterNode node, ClusterState state, LongSupplier now) {
    if (text.startsWith("[")) {
      int dash = text.indexOf('-');
      int slot = slot(text.substring(1, dash));
      ClusterNode other = node(text.substring(dash + 3, text.length() - 1), state, now);
      if (text.charAt(dash + 1) == '>') {
        state.slots().migrating().put(slot, other);
      } else {
        state.slots().importing().put(slot, other);
      }
      return;
    }
    int dash = text.indexOf('-');
    int first = slot(dash < 0 ? text : text.substring(0, dash));
    int last = dash < 0 ? first : slot(text.substring(dash + 1));
    for (int slot = first; slot <= last; slot++) {
      state.slots().assign(slot, node);
    }
  }

  private static int slot(String text) {
    int slot = Integer.parseInt(text);
    if (slot < 0 || slot >= HashSlot.COUNT) {
      throw new IllegalArgumentException("no hash slot has the number " + slot);
    }
    return slot;
  }
}
