package io.shardquake.node.core.cluster;

import io.shardquake.node.core.bus.MessageType;
import io.shardquake.node.core.keyspace.HashSlot;
import io.shardquake.node.core.resp.ReplyBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The replies of the CLUSTER commands that tell about the cluster. */
final class ClusterReplies {
  private final ClusterState state;
  private final ReplicationRole replication;

  ClusterReplies(ClusterState state, ReplicationRole replication) {
    this.state = state;
    this.replication = replication;
  }

  /** CLUSTER INFO. */
  void info(ReplyBuffer reply) {
    int assigned = 0;
    int pfail = 0;
    int fail = 0;
    for (ClusterNode owner : state.nodes().values()) {
      int owned = owner.slots().count();
      assigned += owned;
      pfail += owner.is(NodeFlag.PFAIL) ? owned : 0;
      fail += owner.is(NodeFlag.FAIL) ? owned : 0;
    }
    StringBuilder text = new StringBuilder();
    line(text, "cluster_state", state.isOk() ? "ok" : "fail");
    line(text, "cluster_slots_assigned", assigned);
    line(text, "cluster_slots_ok", assigned - pfail - fail);
    line(text, "cluster_slots_pfail", pfail);
    line(text, "cluster_slots_fail", fail);
    line(text, "cluster_known_nodes", state.nodes().size());
    line(text, "cluster_size", state.size());
    line(text, "cluster_current_epoch", state.currentEpoch);
    line(text, "cluster_my_epoch", state.myMaster().orElse(state.myself()).configEpoch());
    messages(text, "sent", state.sent());
    messages(text, "received", state.received());
    line(text, "total_cluster_links_buffer_limit_exceeded", 0);
    reply.verbatim("txt", text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(name).append(':').append(value).append("\r\n");
  }

  private static void messages(
      StringBuilder text, String direction, Map<MessageType, Long> counts) {
    long total = 0;
    for (Map.Entry<MessageType, Long> count : counts.entrySet()) {
      line(
          text,
          "cluster_stats_messages_" + count.getKey().statisticsName() + "_" + direction,
          count.getValue());
      total += count.getValue();
    }
    line(text, "cluster_stats_messages_" + direction, total);
  }

  /** CLUSTER SLOTS. */
  void slots(ReplyBuffer reply, boolean secure) {
    List<int[]> runs = new ArrayList<>();
    for (int slot = 0; slot < HashSlot.COUNT; ) {
      int end = state.slots().endOfRun(slot);
      if (state.slots().owner(slot).isPresent()) {
        runs.add(new int[] {slot, end - 1});
      }
      slot = end;
    }
    reply.array(runs.size());
    for (int[] run : runs) {
      ClusterNode owner = state.slots().owner(run[0]).orElseThrow();
      List<ClusterNode> serving = new ArrayList<>();
      serving.add(owner);
      owner.replicas().values().stream()
          .filter(replica -> !replica.is(NodeFlag.FAIL) && offset(replica) != 0)
          .forEach(serving::add);
      reply.array(2 + serving.size());
      reply.integer(run[0]);
      reply.integer(run[1]);
      serving.forEach(node -> slotNode(reply, node, secure));
    }
  }

  private void slotNode(ReplyBuffer reply, ClusterNode node, boolean secure) {
    String kind = state.configuration().text("cluster-preferred-endpoint-type");
    reply.array(4);
    if (kind.equals("unknown-endpoint")) {
      reply.nullBulk();
    } else {
      reply.bulk(Endpoints.text(state.configuration(), node));
    }
    reply.integer(Endpoints.port(state.configuration(), node, secure));
    reply.bulk(node.id());
    boolean ip = !kind.equals("ip");
    boolean hostname = !kind.equals("hostname") && !node.hostname().isEmpty();
    reply.map((ip ? 1 : 0) + (hostname ? 1 : 0));
    if (ip) {
      reply.bulk("ip");
      reply.bulk(node.ip());
    }
    if (hostname) {
      reply.bulk("hostname");
      reply.bulk(node.hostname());
    }
  }

  private long offset(ClusterNode node) {
    return node.isMyself() ? replication.offset() : node.replicationOffset;
  }

  /** CLUSTER SHARDS. */
  void shards(ReplyBuffer reply) {
    List<ClusterNode> masters =
        state.nodes().values().stream().filter(ClusterNode::isMaster).toList();
    reply.array(masters.size());
    for (ClusterNode master : masters) {
      reply.map(2);
      reply.bulk("slots");
      List<Integer> bounds = bounds(master);
      reply.array(bounds.size());
      bounds.forEach(reply::integer);
      reply.bulk("nodes");
      reply.array(1 + master.replicas().size());
      shardNode(reply, master);
      master.replicas().values().forEach(replica -> shardNode(reply, replica));
    }
  }

  private static List<Integer> bounds(ClusterNode master) {
    List<Integer> bounds = new ArrayList<>();
    for (int slot = 0; slot < HashSlot.COUNT; slot++) {
      boolean has = master.slots().has(slot);
      if (has && (slot == 0 || !master.slots().has(slot - 1))) {
        bounds.add(slot);
      }
      if (has && (slot == HashSlot.COUNT - 1 || !master.slots().has(slot + 1))) {
        bounds.add(slot);
      }
    }
    return bounds;
  }

  private void shardNode(ReplyBuffer reply, ClusterNode node) {
    boolean named = !node.hostname().isEmpty();
    boolean tls = state.configuration().yes("tls-cluster");
    int plain = tls ? node.plainPort() : node.port();
    reply.map(6 + (named ? 1 : 0) + (plain != 0 ? 1 : 0) + (tls ? 1 : 0));
    reply.bulk("id");
    reply.bulk(node.id());
    if (plain != 0) {
      reply.bulk("port");
      reply.integer(plain);
    }
    if (tls) {
      reply.bulk("tls-port");
      reply.integer(node.port());
    }
    reply.bulk("ip");
    reply.bulk(node.ip());
    reply.bulk("endpoint");
    reply.bulk(Endpoints.text(state.configuration(), node));
    if (named) {
      reply.bulk("hostname");
      reply.bulk(node.hostname());
    }
    reply.bulk("role");
    reply.bulk(node.isMaster() ? "master" : "replica");
    reply.bulk("replication-offset");
    reply.integer(offset(node));
    reply.bulk("health");
    boolean loading = !node.isMaster() && offset(node) == 0;
    reply.bulk(node.is(NodeFlag.FAIL) ? "fail" : loading ? "loading" : "online");
  }

  /** CLUSTER LINKS. */
  void links(ReplyBuffer reply) {
    List<ClusterLink> links = new ArrayList<>();
    for (ClusterNode node : state.nodes().values()) {
      node.outbound().ifPresent(links::add);
      node.inbound().ifPresent(links::add);
    }
    reply.array(links.size());
    for (ClusterLink link : links) {
      reply.map(6);
      reply.bulk("direction");
      reply.bulk(link.isInbound() ? "from" : "to");
      reply.bulk("node");
      reply.bulk(link.node().map(ClusterNode::id).orElse(""));
      reply.bulk("create-time");
      reply.integer(link.createdAt());
      reply.bulk("events");
      reply.bulk("r");
      reply.bulk("send-buffer-allocated");
      reply.integer(0);
      reply.bulk("send-buffer-used");
      reply.integer(0);
    }
  }
}
