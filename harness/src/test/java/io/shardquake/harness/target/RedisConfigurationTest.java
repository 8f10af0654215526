package io.shardquake.harness.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.harness.cluster.NodeAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RedisConfigurationTest {
  private static final NodeAddress ADDRESS = new NodeAddress("127.0.0.11", 7000);

  @Test
  void isAClusterNodeWithAnAppendOnlyFileAndWithoutSnapshots() {
    assertThat(render("7.0.15", ClusterOptions.DEFAULT.withNodeTimeout(Duration.ofMillis(700))))
        .contains(
            "port 7000",
            "bind 127.0.0.11",
            "cluster-enabled yes",
            "cluster-node-timeout 700",
            "appendonly yes",
            "appendfsync everysec",
            "enable-debug-command yes",
            "save \"\"");
  }

  @Test
  void speaksToItsPeersFromItsOwnAddress() {
    assertThat(render("7.0.15", ClusterOptions.DEFAULT)).contains("bind-source-addr 127.0.0.11");
  }

  @Test
  void announcesTheProxyThatStandsBeforeIt() {
    NodePlace place = NodePlace.proxied(ADDRESS, new NodeAddress("127.0.0.11", 8000));

    assertThat(
            RedisConfiguration.render(place, ServerVersion.parse("7.0.15"), ClusterOptions.DEFAULT))
        .contains(
            "port 7000",
            "cluster-announce-ip 127.0.0.11",
            "cluster-announce-port 8000",
            "cluster-announce-bus-port 18000");
  }

  @Test
  void sparesOlderServersWhatTheyDoNotKnow() {
    assertThat(render("6.2.1", ClusterOptions.DEFAULT))
        .contains("cluster-announce-ip 127.0.0.11")
        .noneMatch(line -> line.startsWith("bind-source-addr") || line.startsWith("enable"));
    assertThat(render("3.0.7", ClusterOptions.DEFAULT))
        .noneMatch(line -> line.startsWith("cluster-announce") || line.startsWith("protected"));
  }

  @Test
  void letsTheUsersDirectivesWin() {
    List<String> own = List.of("appendonly no", "maxmemory 100mb");

    assertThat(render("7.0.15", ClusterOptions.DEFAULT.withDirectives(own)))
        .as("of two equal directives the server takes the last")
        .endsWith("appendonly no", "maxmemory 100mb");
  }

  private static List<String> render(String version, ClusterOptions options) {
    return RedisConfiguration.render(
        NodePlace.direct(ADDRESS), ServerVersion.parse(version), options);
  }
}
