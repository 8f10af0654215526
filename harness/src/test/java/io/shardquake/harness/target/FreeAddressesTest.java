package io.shardquake.harness.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.target.ClusterOptions.Wiring;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class FreeAddressesTest {
  @Test
  void givesEachNodeAnAddressOfItsOwnOnTheSamePort() throws Exception {
    assertThat(choose(3, 0, address -> true))
        .containsExactly(
            new NodeAddress("127.0.0.11", 7000),
            new NodeAddress("127.0.0.12", 7000),
            new NodeAddress("127.0.0.13", 7000));
  }

  @Test
  void goesToOtherAddressesWhereAPortOrItsBusPortIsTaken() throws Exception {
    assertThat(choose(2, 0, address -> !address.equals(new NodeAddress("127.0.0.12", 7000))))
        .extracting(NodeAddress::host)
        .containsExactly("127.0.1.11", "127.0.1.12");
    assertThat(choose(2, 0, address -> !address.equals(new NodeAddress("127.0.0.12", 17000))))
        .extracting(NodeAddress::host)
        .containsExactly("127.0.1.11", "127.0.1.12");
  }

  @Test
  void goesToAnotherPortWhereSomebodyListensOnAllAddresses() throws Exception {
    assertThat(choose(2, 0, address -> address.port() != 7000))
        .containsExactly(new NodeAddress("127.0.0.11", 7001), new NodeAddress("127.0.0.12", 7001));
  }

  @Test
  void goesElsewhereOnALaterAttempt() throws Exception {
    assertThat(choose(3, 1, address -> true)).isNotEqualTo(choose(3, 0, address -> true));
  }

  @Test
  void usesConsecutivePortsWhereTheHostHasOneLoopbackAddress() throws Exception {
    assertThat(
            choose(3, 0, address -> address.host().equals("127.0.0.1") && address.port() != 7001))
        .containsExactly(
            new NodeAddress("127.0.0.1", 7000),
            new NodeAddress("127.0.0.1", 7002),
            new NodeAddress("127.0.0.1", 7003));
  }

  @Test
  void hasRoomForLargeClusters() throws Exception {
    assertThat(choose(1000, 0, address -> true))
        .doesNotHaveDuplicates()
        .endsWith(new NodeAddress("127.0.3.242", 7000));
  }

  @Test
  void leavesRoomForAProxyBeforeEachNode() throws Exception {
    NodePlace taken = places(1, address -> true, Wiring.PROXIED).get(0);

    assertThat(taken.own()).isEqualTo(new NodeAddress("127.0.0.11", 7000));
    assertThat(taken.entrance()).isEqualTo(new NodeAddress("127.0.0.11", 8000));
    assertThat(places(1, address -> !address.equals(taken.entrance()), Wiring.PROXIED))
        .extracting(place -> place.own().host())
        .as("where the proxy's port is taken, the node goes elsewhere, too")
        .containsExactly("127.0.1.11");
  }

  @Test
  void refusesProxiesWhereTheHostHasOneLoopbackAddress() {
    assertThatThrownBy(
            () -> places(1, address -> address.host().equals("127.0.0.1"), Wiring.PROXIED))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("each node needs a loopback address of its own");
  }

  @Test
  void saysWhenNothingIsFree() {
    assertThatThrownBy(() -> choose(3, 0, address -> false))
        .isInstanceOf(TargetException.class)
        .hasMessageStartingWith("no free ports for 3 nodes between 7000 and 7999");
  }

  private static List<NodeAddress> choose(int count, int attempt, Predicate<NodeAddress> free)
      throws TargetException {
    return new FreeAddresses(free, new SplittableRandom(1))
        .choose(count, attempt, Wiring.DIRECT).stream().map(NodePlace::own).toList();
  }

  private static List<NodePlace> places(int count, Predicate<NodeAddress> free, Wiring wiring)
      throws TargetException {
    return new FreeAddresses(free, new SplittableRandom(1)).choose(count, 0, wiring);
  }
}
