package io.shardquake.harness.cluster;

import io.shardquake.checkers.topology.ClusterInfo;
import io.shardquake.checkers.topology.ClusterNodes;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import java.util.concurrent.CompletableFuture;

/**
 * What a node says of the cluster and of itself at about one time.
 *
 * @param address where it was asked
 * @param view its CLUSTER NODES and CLUSTER INFO
 * @param myself its line about itself
 * @param replication its INFO replication
 */
public record NodeReport(
    NodeAddress address, ClusterView view, NodeView myself, InfoReply replication) {

  /**
   * @throws IllegalArgumentException if the view does not say which node was asked
   */
  public NodeReport(NodeAddress address, ClusterView view, InfoReply replication) {
    this(
        address,
        view,
        view.myself()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        address + " does not say in CLUSTER NODES which node it is itself")),
        replication);
  }

  /** Asks a node. */
  public static CompletableFuture<NodeReport> of(NodeConnection node) {
    CompletableFuture<String> nodes = node.text("CLUSTER", "NODES");
    CompletableFuture<String> info = node.text("CLUSTER", "INFO");
    CompletableFuture<InfoReply> replication = node.info("replication");
    return CompletableFuture.allOf(nodes, info, replication)
        .thenApply(
            done ->
                new NodeReport(
                    node.address(),
                    new ClusterView(
                        ClusterNodes.parse(nodes.join()), ClusterInfo.parse(info.join())),
                    replication.join()));
  }

  public String id() {
    return myself.id();
  }

  public boolean isMaster() {
    return myself.is(NodeFlag.MASTER);
  }
}
