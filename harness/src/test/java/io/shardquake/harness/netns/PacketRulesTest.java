package io.shardquake.harness.netns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.faults.network.Direction;
import io.shardquake.faults.network.Impairment;
import io.shardquake.faults.network.Plane;
import io.shardquake.harness.netns.PacketRules.Rule;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PacketRulesTest {
  private final PacketRules rules = new PacketRules(nodes());

  private static Map<String, FilteredNode> nodes() {
    Map<String, FilteredNode> nodes = new LinkedHashMap<>();
    nodes.put("n1", new FilteredNode("127.0.0.11", 7000, 17000, "127.1.0.11"));
    nodes.put("n2", new FilteredNode("127.0.0.12", 7000, 17000, "127.1.0.12"));
    return nodes;
  }

  @Test
  void letsTheHarnessThroughBeforeAnythingElse() {
    assertThat(rules.only(List.of()))
        .isEqualTo(
            """
            flush chain ip shardquake cut
            add rule ip shardquake cut ct mark 90 accept
            """);
    assertThat(rules.base())
        .contains("ip daddr 127.1.0.11 ct mark set 90 dnat to 127.0.0.11")
        .contains("ip daddr 127.1.0.12 ct mark set 90 dnat to 127.0.0.12");
  }

  @Test
  void cutsOneDirectionOfAPairWhoeverOpenedTheConnection() {
    assertThat(rules.only(rule("n1", "n2", Plane.BUS, Impairment.dropping())))
        .endsWith(
            """
            add rule ip shardquake cut ip saddr 127.0.0.11 ip daddr 127.0.0.12 tcp dport 17000 \
            counter name c_1_2_bus drop
            add rule ip shardquake cut ip saddr 127.0.0.11 ip daddr 127.0.0.12 tcp sport 17000 \
            counter name c_1_2_bus drop
            """);
  }

  @Test
  void takesWhoIsNoNodeForAClient() {
    assertThat(rules.only(rule(Direction.CLIENTS, "n1", Plane.CLIENT, Impairment.dropping())))
        .endsWith(
            "cut ip saddr != { 127.0.0.11, 127.0.0.12 } ip daddr 127.0.0.11 tcp dport 7000 counter"
                + " name c_0_1_clients drop\n");
    assertThat(rules.only(rule("n2", Direction.CLIENTS, Plane.CLIENT, Impairment.resetting())))
        .endsWith(
            "cut ip saddr 127.0.0.12 ip daddr != { 127.0.0.11, 127.0.0.12 } tcp sport 7000 counter"
                + " name c_2_0_clients reject with tcp reset\n");
  }

  @Test
  void losesAShareOfThePackets() {
    assertThat(rules.only(rule("n1", "n2", Plane.REPLICATION, Impairment.losing(0.25))))
        .contains(
            "tcp dport 7000 numgen random mod 1000 < 250 counter name c_1_2_replication drop");
  }

  @Test
  void saysWhatAFilterCannotDo() {
    assertThat(PacketRules.can(Impairment.dropping())).isTrue();
    assertThat(PacketRules.can(Impairment.resetting().and(Impairment.losing(0.5)))).isTrue();
    assertThat(PacketRules.can(Impairment.swallowing())).isFalse();
    assertThat(PacketRules.can(Impairment.delaying(Duration.ofSeconds(1), Duration.ZERO)))
        .isFalse();
  }

  @Test
  void knowsItsNodesOnly() {
    assertThatThrownBy(() -> rules.counter(new Direction("n1", "n9", Plane.BUS)))
        .hasMessage("there is no node n9, only [n1, n2]");
  }

  private static List<Rule> rule(String from, String to, Plane plane, Impairment what) {
    return List.of(new Rule(new Direction(from, to, plane), what));
  }
}
