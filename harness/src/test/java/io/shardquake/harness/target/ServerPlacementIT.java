package io.shardquake.harness.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.target.ClusterOptions.Wiring;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where servers run and which ones, when the usual place or server is not to be had. */
@Tag("redis")
final class ServerPlacementIT {
  private static final ClusterOptions OPTIONS =
      ClusterOptions.DEFAULT.withShape(3, 0).withNodeTimeout(Duration.ofMillis(700));

  @TempDir Path directory;

  @Test
  void startsElsewhereWhenSomebodyWasQuickerToTakeAPort() throws Exception {
    Redis.assumeInstalled();
    List<NodePlace> usual =
        new FreeAddresses(FreeAddresses::canListen, new SplittableRandom(1))
            .choose(3, 0, Wiring.DIRECT);
    NodeAddress taken = usual.get(1).own();
    try (ServerSocket somebody = new ServerSocket()) {
      // Accepts connections, but never answers: PING alone must not make it pass for a node.
      somebody.bind(new InetSocketAddress(InetAddress.getByName(taken.host()), taken.port()));
      try (RunningCluster cluster = target(address -> true).start(OPTIONS, directory, () -> 0)) {
        assertThat(cluster.endpoints()).hasSize(3).noneMatch(e -> isAt(e, taken));
      }
    }
  }

  @Test
  void twoClustersRunBesideEachOther() throws Exception {
    Path first = Files.createDirectory(directory.resolve("first"));
    Path second = Files.createDirectory(directory.resolve("second"));
    try (RunningCluster one = Redis.start(OPTIONS, first);
        RunningCluster other = Redis.start(OPTIONS, second)) {
      assertThat(one.endpoints())
          .extracting(NodeEndpoint::host)
          .doesNotContainAnyElementsOf(other.endpoints().stream().map(NodeEndpoint::host).toList());
    }
  }

  @Test
  void runsOnOneLoopbackAddressWhereThereIsNoOther() throws Exception {
    Redis.assumeInstalled();
    Predicate<NodeAddress> oneAddress =
        address -> address.host().equals("127.0.0.1") && FreeAddresses.canListen(address);
    try (RunningCluster cluster = target(oneAddress).start(OPTIONS, directory, () -> 0)) {
      assertThat(cluster.endpoints()).extracting(NodeEndpoint::host).containsOnly("127.0.0.1");
      assertThat(cluster.endpoints()).extracting(NodeEndpoint::port).doesNotHaveDuplicates();
    }
  }

  @Test
  void refusesADirectoryThatMayNotBeWrittenTo() throws Exception {
    Redis.assumeInstalled();
    Path readOnly = Path.of("/sys/kernel");
    assumeTrue(
        Files.isDirectory(readOnly), "SKIPPED: no /sys, whose files even root cannot add to");

    assertThatThrownBy(() -> target(address -> true).start(OPTIONS, readOnly, () -> 0))
        .isInstanceOf(TargetException.class)
        .hasMessageStartingWith("cannot start servers in /sys/kernel: ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void runsTheServerCarriedAlongWhereNoneIsInstalled() throws Exception {
    CarriedServer carried =
        new CarriedServer(
            name -> Optional.ofNullable(getClass().getResourceAsStream(name)),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
    assumeTrue(
        carried.unpack(List.of(directory.resolve("probe"))).isPresent(),
        "SKIPPED: no redis-server is carried along for " + carried.platform());
    RedisTarget target =
        new RedisTarget(
            new ServerSearch("", directory.resolve("cache"), carried),
            starter(FreeAddresses::canListen));

    try (RunningCluster cluster = target.start(OPTIONS, directory, () -> 0)) {
      assertThat(cluster.serverDescription().version()).isEqualTo("7.0.15");
      assertThat(cluster.serverDescription().origin())
          .startsWith(directory.resolve("cache").toString())
          .contains(cluster.serverDescription().sha256());
    }
  }

  private static boolean isAt(NodeEndpoint endpoint, NodeAddress address) {
    return endpoint.host().equals(address.host()) && endpoint.port() == address.port();
  }

  private RedisTarget target(Predicate<NodeAddress> free) {
    String searchPath = System.getenv("PATH");
    CarriedServer none = new CarriedServer(name -> Optional.empty(), "none", "none");
    return new RedisTarget(
        new ServerSearch(searchPath, directory.resolve("cache"), none), starter(free));
  }

  private static ProcessClusterStarter starter(Predicate<NodeAddress> free) {
    return new ProcessClusterStarter(
        new FreeAddresses(free, new SplittableRandom(1)),
        DetachedCommand.foundOn(System.getenv("PATH")));
  }
}
