package io.shardquake.harness.cluster;

import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Judges whether a whole cluster works and agrees with itself. Pure. */
public final class ClusterHealth {
  private ClusterHealth() {}

  /**
   * What keeps these nodes from being one healthy cluster, in words; empty if nothing does.
   *
   * <p>Healthy: every node says {@code cluster_state:ok}, knows exactly the others, by name, and as
   * connected and not failing; all agree on who owns which slot and who replicates whom; every
   * replica's link to its master is up.
   *
   * @param reports of all nodes of the cluster
   */
  public static Optional<String> missing(List<NodeReport> reports) {
    SortedSet<String> ids = new TreeSet<>();
    reports.forEach(report -> ids.add(report.id()));
    return reports.stream()
        .flatMap(report -> missing(report, ids).stream())
        .findFirst()
        .or(() -> disagreement(reports));
  }

  private static Optional<String> missing(NodeReport report, SortedSet<String> ids) {
    String node = report.address() + " ";
    List<NodeView> nodes = report.view().nodes();
    SortedSet<String> known = new TreeSet<>();
    nodes.stream().filter(ClusterHealth::isAtHand).forEach(entry -> known.add(entry.id()));
    if (!known.equals(ids) || nodes.size() != ids.size()) {
      return Optional.of(
          node
              + "is connected to "
              + known.size()
              + " of "
              + ids.size()
              + " nodes and lists "
              + nodes.size());
    }
    if (!report.view().info().ok()) {
      return Optional.of(node + "says that the cluster is not ok");
    }
    String link = report.replication().get("master_link_status");
    if (!report.isMaster() && !link.equals("up")) {
      return Optional.of(node + "says master_link_status:" + link);
    }
    return Optional.empty();
  }

  private static boolean isAtHand(NodeView node) {
    return node.is(NodeFlag.MYSELF)
        || (node.linked()
            && !node.is(NodeFlag.HANDSHAKE)
            && !node.is(NodeFlag.PFAIL)
            && !node.is(NodeFlag.FAIL));
  }

  private static Optional<String> disagreement(List<NodeReport> reports) {
    NodeReport first = reports.get(0);
    return reports.stream()
        .filter(report -> !belief(report).equals(belief(first)))
        .findFirst()
        .map(
            report ->
                report.address()
                    + " and "
                    + first.address()
                    + " disagree on who owns which slots or who replicates whom");
  }

  /** Who owns which slots and who replicates whom; equal for all nodes that agree. */
  private static Map<String, String> belief(NodeReport report) {
    return report.view().nodes().stream()
        .collect(
            Collectors.toMap(
                NodeView::id, node -> node.slots() + " < " + node.master().orElse("-")));
  }
}
