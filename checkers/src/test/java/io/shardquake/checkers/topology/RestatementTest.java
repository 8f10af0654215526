package io.shardquake.checkers.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RestatementTest {
  private static final String INFO =
      "cluster_state:ok\r\ncluster_current_epoch:9\r\ncluster_stats_messages_sent:7\r\n";
  private static final String NODES =
      """
      aa 127.0.0.1:1@11 myself,master - 0 100 3 connected 0-99
      bb 127.0.0.1:2@12 slave aa 7 2000 3 connected
      """;

  private static boolean isRestated(String nodes, String info) {
    return Restatement.is(
        new TopologySample(0, "n1", NODES, INFO, ""), new TopologySample(1, "n1", nodes, info, ""));
  }

  @Test
  void timesOfPingsAndPongsAndCountersOfMessagesAreNothingNew() {
    String later = NODES.replace("0 100 3", "12345 99 3").replace("7 2000", "0 2100");
    assertThat(isRestated(later, INFO.replace("sent:7", "sent:1234"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "myself, fail",
    "'3 connected 0', '4 connected 0'",
    "0-99, 0-98",
    "connected, disconnected",
    "slave, master",
    "'bb', 'bc'",
    "'7 2000', '7 x2000'"
  })
  void anythingElseIsNew(String of, String by) {
    assertThat(isRestated(NODES.replaceFirst(of, by), INFO)).isFalse();
  }

  @Test
  void moreOrFewerNodesAreNew() {
    assertThat(isRestated(NODES + "cc 127.0.0.1:3@13 master - 0 1 4 connected\n", INFO)).isFalse();
    assertThat(isRestated(NODES.substring(0, NODES.indexOf("bb")), INFO)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"ok, fail", "epoch:9, epoch:10"})
  void whatTheClusterIsLikeIsNew(String of, String by) {
    assertThat(isRestated(NODES, INFO.replace(of, by))).isFalse();
  }
}
