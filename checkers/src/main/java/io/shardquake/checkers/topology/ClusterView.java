package io.shardquake.checkers.topology;

import java.util.List;
import java.util.Optional;

/**
 * The cluster in the eyes of one node, at one time. Immutable.
 *
 * @param nodes in the order of the reply
 * @param info the observer's CLUSTER INFO
 */
public record ClusterView(List<NodeView> nodes, ClusterInfo info) {
  public ClusterView {
    nodes = List.copyOf(nodes);
  }

  /**
   * Reads what a node that answered said. Understands Redis from 3.0 on, Valkey, and servers that
   * speak like them.
   *
   * @throws IllegalArgumentException in one line what cannot be read, or if it did not answer
   */
  public static ClusterView of(TopologySample sample) {
    if (!sample.answered()) {
      throw new IllegalArgumentException(sample.observer() + " did not answer: " + sample.error());
    }
    return new ClusterView(ClusterNodes.parse(sample.nodes()), ClusterInfo.parse(sample.info()));
  }

  /** The observer itself; empty only in a reply that does not say which line that is. */
  public Optional<NodeView> myself() {
    return nodes.stream().filter(node -> node.is(NodeFlag.MYSELF)).findFirst();
  }

  /** The node with this id. */
  public Optional<NodeView> node(String id) {
    return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
  }
}
