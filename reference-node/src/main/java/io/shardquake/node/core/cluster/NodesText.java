package io.shardquake.node.core.cluster;

import io.shardquake.node.core.client.Client;
import java.util.Map;
import java.util.TreeMap;

/** The text of CLUSTER NODES, which is that of {@code nodes.conf} as well. */
final class NodesText {
  private NodesText() {}

  /** All nodes but for handshakes, a line each. */
  static String forFile(ClusterState state) {
    StringBuilder text = new StringBuilder();
    for (ClusterNode node : state.nodes().values()) {
      if (!node.is(NodeFlag.HANDSHAKE)) {
        text.append(line(state, node, node.port())).append('\n');
      }
    }
    return text.toString();
  }

  /** All nodes, with the ports that a client is to use. */
  static String forClient(ClusterState state, Client client) {
    StringBuilder text = new StringBuilder();
    for (ClusterNode node : state.nodes().values()) {
      int port = Endpoints.port(state.configuration(), node, client.isSecure());
      text.append(line(state, node, port)).append('\n');
    }
    return text.toString();
  }

  /** One node, without a line end. */
  static String line(ClusterState state, ClusterNode node, int port) {
    StringBuilder text = new StringBuilder();
    text.append(node.id()).append(' ').append(node.ip()).append(':').append(port);
    text.append('@').append(node.busPort());
    if (!node.hostname().isEmpty()) {
      text.append(',').append(node.hostname());
    }
    text.append(' ').append(NodeFlag.words(node.flags())).append(' ');
    text.append(node.master().map(ClusterNode::id).orElse("-")).append(' ');
    long epoch = node.master().map(ClusterNode::configEpoch).orElse(node.configEpoch());
    text.append(node.pingSent).append(' ').append(node.pongReceived).append(' ').append(epoch);
    boolean connected = node.isMyself() || node.outbound().isPresent();
    text.append(connected ? " connected" : " disconnected");
    text.append(node.slots().ranges());
    if (node.isMyself()) {
      appendOpenSlots(text, state);
    }
    return text.toString();
  }

  private static void appendOpenSlots(StringBuilder text, ClusterState state) {
    Map<Integer, ClusterNode> open = new TreeMap<>(state.slots().migrating());
    open.putAll(state.slots().importing());
    for (int slot : open.keySet()) {
      ClusterNode target = state.slots().migrating().get(slot);
      ClusterNode source = state.slots().importing().get(slot);
      if (target != null) {
        text.append(" [").append(slot).append("->-").append(target.id()).append(']');
      } else if (source != null) {
        text.append(" [").append(slot).append("-<-").append(source.id()).append(']');
      }
    }
  }
}
