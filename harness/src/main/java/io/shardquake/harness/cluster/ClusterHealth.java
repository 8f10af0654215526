package io.shardquake.harness.cluster;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

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
    reports.forEach(report -> ids.add(report.view().myself().id()));
    return reports.stream()
        .flatMap(report -> missing(report, ids).stream())
        .findFirst()
        .or(() -> disagreement(reports));
  }

  private static Optional<String> missing(NodeReport report, SortedSet<String> ids) {
    String node = report.address() + " ";
    SortedSet<String> known = new TreeSet<>();
    report.view().entries().stream()
        .filter(entry -> !entry.isInHandshake() && !entry.isSuspected())
        .filter(entry -> entry.connected() || entry.isMyself())
        .forEach(entry -> known.add(entry.id()));
    if (!known.equals(ids) || report.view().entries().size() != ids.size()) {
      return Optional.of(
          node
              + "is connected to "
              + known.size()
              + " of "
              + ids.size()
              + " nodes and lists "
              + report.view().entries().size());
    }
    String state = report.cluster().get("cluster_state");
    if (!state.equals("ok")) {
      return Optional.of(node + "says cluster_state:" + state);
    }
    boolean replica = !report.view().myself().isMaster();
    String link = report.replication().get("master_link_status");
    if (replica && !link.equals("up")) {
      return Optional.of(node + "says master_link_status:" + link);
    }
    return Optional.empty();
  }

  private static Optional<String> disagreement(List<NodeReport> reports) {
    NodeReport first = reports.get(0);
    return reports.stream()
        .filter(report -> !signature(report).equals(signature(first)))
        .findFirst()
        .map(
            report ->
                report.address()
                    + " and "
                    + first.address()
                    + " disagree on who owns which slots or who replicates whom");
  }

  private static String signature(NodeReport report) {
    return report.view().slotSignature() + "; " + report.view().replicationSignature();
  }
}
