package io.shardquake.harness.cluster;

/** What a node has to be before it may become a member of a cluster. */
public final class EmptyNode {
  private EmptyNode() {}

  /**
   * Asks a node whether it knows other nodes, owns slots, or holds keys, which would end up where
   * nobody finds them.
   *
   * @return what it says of itself
   * @throws ClusterException if it does
   */
  public static NodeReport require(NodeConnection node)
      throws ClusterException, InterruptedException {
    NodeReport report = Answers.await(node, NodeReport.of(node));
    if (report.view().nodes().size() > 1 || !report.myself().slots().isEmpty()) {
      throw new ClusterException(
          report.address() + " is not empty: it knows other nodes or owns slots; reset it first");
    }
    String keys = Answers.await(node, node.info("keyspace")).get("db0");
    if (!keys.isEmpty()) {
      throw new ClusterException(
          report.address() + " is not empty: it holds " + keys + "; FLUSHALL it first");
    }
    return report;
  }
}
