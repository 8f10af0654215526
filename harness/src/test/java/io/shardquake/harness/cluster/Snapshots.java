package io.shardquake.harness.cluster;

import io.shardquake.checkers.topology.ClusterInfo;
import io.shardquake.checkers.topology.ClusterNodes;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import java.util.ArrayList;
import java.util.List;

/** Snapshots of clusters, written down as CLUSTER NODES has them. */
public final class Snapshots {
  private static final String INFO = "cluster_state:ok\r\ncluster_current_epoch:9\r\n";

  private Snapshots() {}

  /** The identifier of a node called by one letter. */
  public static String id(char name) {
    return String.valueOf(name).repeat(40);
  }

  /**
   * Masters that agree with each other. The first is called {@code a}, the next {@code b}, and so
   * on.
   *
   * @param slots of each master, with its marks, as CLUSTER NODES writes them
   */
  public static ClusterSnapshot ofMasters(String... slots) {
    List<NodeReport> reports = new ArrayList<>();
    for (int observer = 0; observer < slots.length; observer++) {
      StringBuilder nodes = new StringBuilder();
      for (int i = 0; i < slots.length; i++) {
        // Marks are shown by the node itself only.
        String shown = i == observer ? slots[i] : slots[i].replaceAll("\\[[^]]*]", "").strip();
        nodes
            .append(id((char) ('a' + i)))
            .append(" 127.0.0.1:")
            .append(7001 + i)
            .append("@1700")
            .append(1 + i)
            .append(i == observer ? " myself,master" : " master")
            .append(" - 0 0 ")
            .append(i + 1)
            .append(" connected ")
            .append(shown)
            .append('\n');
      }
      reports.add(
          new NodeReport(
              new NodeAddress("127.0.0.1", 7001 + observer),
              new ClusterView(ClusterNodes.parse(nodes.toString()), ClusterInfo.parse(INFO)),
              InfoReply.parse("role:master")));
    }
    return new ClusterSnapshot(reports, List.of());
  }
}
