package io.shardquake.harness.cluster;

import java.util.Optional;

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
    long keys = Answers.await(node, new SlotCommands(node, Optional.empty()).size());
    if (keys > 0) {
      throw new ClusterException(
          report.address() + " is not empty: it holds " + keys + " keys; FLUSHALL it first");
    }
    return report;
  }
}
