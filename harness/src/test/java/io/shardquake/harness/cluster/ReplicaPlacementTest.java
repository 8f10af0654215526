package io.shardquake.harness.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class ReplicaPlacementTest {
  @Test
  void keepsTheOrderOfNodesOnHostsOfTheirOwn() {
    FormationPlan plan = ReplicaPlacement.plan(nodes("a", "b", "c", "d", "e", "f"), 1);

    assertThat(plan.nodes())
        .extracting(NodeAddress::host)
        .containsExactly("a", "b", "c", "d", "e", "f");
    assertThat(plan.shards().get(0).replicas()).extracting(NodeAddress::host).containsExactly("d");
  }

  @Test
  void keepsEveryReplicaOffItsMastersHost() {
    FormationPlan plan = ReplicaPlacement.plan(nodes("a", "a", "b", "b", "c", "c"), 1);

    assertThat(plan.shards()).extracting(shard -> shard.master().host()).contains("a", "b", "c");
    assertThat(plan.shards())
        .allSatisfy(
            shard ->
                assertThat(shard.replicas())
                    .hasSize(1)
                    .noneMatch(replica -> replica.host().equals(shard.master().host())));
  }

  @Test
  void spreadsTheReplicasOfOneMasterWhereItCan() {
    FormationPlan plan =
        ReplicaPlacement.plan(nodes("a", "a", "a", "b", "b", "b", "c", "c", "c"), 2);

    assertThat(plan.shards())
        .allSatisfy(
            shard ->
                assertThat(shard.replicas())
                    .extracting(NodeAddress::host)
                    .as("replicas of a master on %s", shard.master().host())
                    .hasSize(2)
                    .doesNotHaveDuplicates()
                    .doesNotContain(shard.master().host()));
  }

  @Test
  void acceptsOneHostWhenThereIsNoOther() {
    FormationPlan plan = ReplicaPlacement.plan(nodes("a", "a", "a", "a", "a", "a"), 1);

    assertThat(plan.shards()).hasSize(3).allSatisfy(s -> assertThat(s.replicas()).hasSize(1));
  }

  @Test
  void givesNodesThatAreLeftOverToTheFirstMasters() {
    FormationPlan plan = ReplicaPlacement.plan(nodes("a", "b", "c", "d", "e", "f", "g"), 1);

    assertThat(plan.shards()).extracting(shard -> shard.replicas().size()).containsExactly(2, 1, 1);
  }

  @Test
  void refusesFewerThanThreeMasters() {
    assertThatThrownBy(() -> ReplicaPlacement.plan(nodes("a", "b", "c", "d", "e"), 1))
        .hasMessage(
            "a cluster needs at least 3 masters, with 1 replicas each 6 nodes, but 5 were given");
  }

  @Property(tries = 100)
  void usesEveryNodeExactlyOnce(
      @ForAll @Size(min = 9, max = 40) List<@IntRange(min = 0, max = 4) Integer> hosts,
      @ForAll @IntRange(min = 0, max = 2) int replicas) {
    List<NodeAddress> nodes = nodes(hosts.stream().map(host -> "h" + host).toArray(String[]::new));

    FormationPlan plan = ReplicaPlacement.plan(nodes, replicas);

    assertThat(plan.nodes()).containsExactlyInAnyOrderElementsOf(nodes);
    assertThat(new HashSet<>(plan.nodes())).hasSameSizeAs(nodes);
    assertThat(plan.shards()).allMatch(shard -> shard.replicas().size() >= replicas);
  }

  private static List<NodeAddress> nodes(String... hosts) {
    int[] port = {7000};
    return Arrays.stream(hosts).map(host -> new NodeAddress(host, port[0]++)).toList();
  }
}
