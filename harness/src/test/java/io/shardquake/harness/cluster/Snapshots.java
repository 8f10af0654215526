package io.shardquake.harness.cluster;

import static java.util.stream.Collectors.joining;

import io.shardquake.checkers.topology.ClusterInfo;
import io.shardquake.checkers.topology.ClusterNodes;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.harness.cluster.state.AbsentNode;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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

  /**
   * What each node says, in short lines: its letter, its flags, the letter of its master or -, its
   * config epoch, its slots. Node {@code a} is at port 7001, and so on.
   */
  public static ClusterSnapshot of(String... views) {
    return new ClusterSnapshot(Stream.of(views).map(Snapshots::report).toList(), List.of());
  }

  private static NodeReport report(String view) {
    ClusterView parsed =
        new ClusterView(
            ClusterNodes.parse(view.lines().map(Snapshots::line).collect(joining("\n"))),
            ClusterInfo.parse(INFO));
    return new NodeReport(
        new NodeAddress("127.0.0.1", parsed.myself().orElseThrow().address().port()),
        parsed,
        InfoReply.parse("role:any"));
  }

  private static String line(String text) {
    String[] words = text.split(" ", -1);
    char name = words[0].charAt(0);
    int port = 7001 + name - 'a';
    String master = words[2].equals("-") ? "-" : id(words[2].charAt(0));
    String slots = String.join(" ", List.of(words).subList(4, words.length));
    return String.join(
        " ",
        id(name),
        "127.0.0.1:" + port + "@" + (port + 10_000),
        words[1],
        master,
        "0 0",
        words[3],
        "connected",
        slots);
  }

  /** The same, and one node that the first knows could not be asked. */
  public static ClusterSnapshot without(ClusterSnapshot snapshot, char name, String reason) {
    NodeView away = snapshot.reports().get(0).view().node(id(name)).orElseThrow();
    return new ClusterSnapshot(snapshot.reports(), List.of(new AbsentNode(away, reason)));
  }

  /** The same, but every node says that the cluster is down. */
  public static ClusterSnapshot down(ClusterSnapshot snapshot) {
    ClusterInfo info = ClusterInfo.parse(INFO.replace(":ok", ":fail"));
    return new ClusterSnapshot(
        snapshot.reports().stream()
            .map(
                report ->
                    new NodeReport(
                        report.address(),
                        new ClusterView(report.view().nodes(), info),
                        report.replication()))
            .toList(),
        snapshot.absent());
  }
}
