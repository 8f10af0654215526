package io.shardquake.harness.cluster;

import java.util.concurrent.CompletableFuture;

/**
 * What a node says of the cluster and of itself at about one time.
 *
 * @param address which node
 * @param view its CLUSTER NODES
 * @param cluster its CLUSTER INFO
 * @param replication its INFO replication
 */
public record NodeReport(
    NodeAddress address, ClusterView view, InfoReply cluster, InfoReply replication) {

  /** Asks a node. */
  public static CompletableFuture<NodeReport> of(NodeConnection node) {
    CompletableFuture<ClusterView> view = node.view();
    CompletableFuture<InfoReply> cluster = node.clusterInfo();
    CompletableFuture<InfoReply> replication = node.info("replication");
    return CompletableFuture.allOf(view, cluster, replication)
        .thenApply(
            done ->
                new NodeReport(node.address(), view.join(), cluster.join(), replication.join()));
  }
}
