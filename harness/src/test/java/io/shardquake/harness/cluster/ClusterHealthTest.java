package io.shardquake.harness.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.topology.ClusterInfo;
import io.shardquake.checkers.topology.ClusterNodes;
import io.shardquake.checkers.topology.ClusterView;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ClusterHealthTest {
  /** Two masters that share the slots, and a replica of the first. */
  private static final List<String> LINES =
      List.of(
          "a h:1@11 master - 0 0 1 connected 0-8191",
          "b h:2@12 master - 0 0 2 connected 8192-16383",
          "c h:3@13 slave a 0 0 1 connected");

  @Test
  void isHealthyWhenAllAgree() {
    assertThat(ClusterHealth.missing(reports())).isEmpty();
  }

  @Test
  void missesNodesThatHaveNotMet() {
    NodeReport alone = report(0, LINES.subList(0, 2), "ok", "up");

    assertThat(ClusterHealth.missing(List.of(alone, reports().get(1), reports().get(2))))
        .hasValueSatisfying(reason -> assertThat(reason).contains("h:1").contains("2 of 3"));
  }

  @Test
  void doesNotCountANodeInHandshake() {
    List<String> lines =
        List.of(LINES.get(0), LINES.get(1), LINES.get(2).replace("slave", "handshake"));

    assertThat(
            ClusterHealth.missing(
                List.of(report(0, lines, "ok", "up"), reports().get(1), reports().get(2))))
        .isPresent();
  }

  @Test
  void waitsForEveryNodeToSayOk() {
    assertThat(
            ClusterHealth.missing(
                List.of(reports().get(0), report(1, LINES, "fail", "up"), reports().get(2))))
        .contains("h:2 says that the cluster is not ok");
  }

  @Test
  void waitsForTheReplicasLink() {
    assertThat(
            ClusterHealth.missing(
                List.of(reports().get(0), reports().get(1), report(2, LINES, "ok", "down"))))
        .contains("h:3 says master_link_status:down");
  }

  @Test
  void noticesDisagreementOnSlotsAndOnRoles() {
    List<String> otherSlots =
        List.of(LINES.get(0).replace("8191", "8190"), LINES.get(1), LINES.get(2));
    List<String> otherMaster =
        List.of(LINES.get(0), LINES.get(1), LINES.get(2).replace("e a", "e b"));

    for (List<String> lines : List.of(otherSlots, otherMaster)) {
      assertThat(
              ClusterHealth.missing(
                  List.of(reports().get(0), report(1, lines, "ok", "up"), reports().get(2))))
          .hasValueSatisfying(reason -> assertThat(reason).contains("disagree"));
    }
  }

  private static List<NodeReport> reports() {
    return IntStream.range(0, LINES.size()).mapToObj(i -> report(i, LINES, "ok", "up")).toList();
  }

  private static NodeReport report(int myself, List<String> lines, String state, String link) {
    String id = LINES.get(myself).substring(0, 1);
    String view =
        String.join(
            "\n",
            lines.stream()
                .map(
                    line ->
                        line.startsWith(id)
                            ? line.replaceFirst("(master|slave)", "myself,$1")
                            : line)
                .toList());
    return new NodeReport(
        new NodeAddress("h", myself + 1),
        new ClusterView(
            ClusterNodes.parse(view), ClusterInfo.parse("cluster_state:" + state + "\r\n")),
        InfoReply.parse("# Replication\r\nmaster_link_status:" + link + "\r\n"));
  }
}
