package io.shardquake.harness.cluster.state;

import io.shardquake.checkers.topology.NodeView;

/**
 * A node that others know and that could not be asked.
 *
 * @param view how the first node that answered sees it
 * @param reason why it could not be asked
 */
public record AbsentNode(NodeView view, String reason) {
  public String id() {
    return view.id();
  }

  @Override
  public String toString() {
    return view.address().host() + ":" + view.address().port();
  }
}
