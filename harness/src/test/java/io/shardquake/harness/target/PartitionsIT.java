package io.shardquake.harness.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.faults.injector.StandardFaults;
import io.shardquake.faults.live.LiveScheduler;
import io.shardquake.faults.nemesis.Bounds;
import io.shardquake.faults.nemesis.PlanNemesis;
import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.faults.plan.Selector;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.netns.OwnNamespace;
import io.shardquake.harness.target.ClusterOptions.Wiring;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Redis Cluster specification says of partitions, on real servers. */
@Tag("redis")
final class PartitionsIT {
  private static final Duration NODE_TIMEOUT = Duration.ofSeconds(2);

  /** The node timeout, a vote and a delay of at most a second; the rest is for a busy machine. */
  private static final Duration FAILOVER = Duration.ofSeconds(20);

  @TempDir Path directory;
  private final List<FaultEvent> events = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private final ClusterConnections clients = new ClusterConnections(Duration.ofSeconds(2));
  private RunningCluster cluster;
  private PlanNemesis nemesis;

  @BeforeEach
  void start() throws Exception {
    cluster =
        Redis.start(
            ClusterOptions.DEFAULT
                .withNodeTimeout(NODE_TIMEOUT)
                .withWiring(OwnNamespace.isEntered() ? Wiring.FILTERED : Wiring.PROXIED),
            directory);
  }

  @AfterEach
  void end() {
    clients.close();
    if (nemesis != null) {
      nemesis.heal().toCompletableFuture().join();
    }
    executor.shutdownNow();
    if (cluster != null) {
      cluster.close();
    }
  }

  private void inject(String on, String... parameters) {
    Fault fault = Fault.of("partition", Selector.parse(on), Duration.ZERO, Duration.ofMinutes(5));
    for (int i = 0; i < parameters.length; i += 2) {
      fault = fault.with(parameters[i], parameters[i + 1]);
    }
    long start = System.nanoTime();
    nemesis =
        new PlanNemesis(
            new FaultPlan(List.of(fault)),
            StandardFaults.catalogue(),
            cluster,
            new LiveScheduler(executor, () -> System.nanoTime() - start),
            Bounds.DEFAULT,
            events::add);
    nemesis.start();
  }

  private void awaitBite() {
    await("the partition bites")
        .atMost(FAILOVER)
        .until(() -> events.stream().anyMatch(event -> event.phase() == Phase.BIT));
  }

  private ClusterView view(String node) {
    return ClusterView.of(cluster.view(node).toCompletableFuture().join());
  }

  private NodeView node(String observer, String about) {
    String id = view(about).myself().orElseThrow().id();
    return view(observer).node(id).orElseThrow();
  }

  private String set(String node, String key) {
    NodeEndpoint endpoint =
        cluster.endpoints().stream().filter(it -> it.name().equals(node)).findFirst().orElseThrow();
    try {
      return clients
          .connect(new NodeAddress(endpoint.host(), endpoint.port()))
          .thenCompose(
              open -> open.text("SET", key, "x").whenComplete((reply, failure) -> open.close()))
          .join();
    } catch (CompletionException failure) {
      return String.valueOf(failure.getCause().getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"both", "in", "out"})
  void aMasterThatIsCutOffIsReplacedAndComesBackAsAReplica(String ways) {
    inject("master-of(slot 0)", "ways", ways);
    awaitBite();

    await("n4 takes over from n1")
        .atMost(FAILOVER)
        .until(() -> view("n4").myself().orElseThrow().is(NodeFlag.MASTER));
    await("the others say that n1 failed")
        .atMost(FAILOVER)
        .until(() -> node("n2", "n1").is(NodeFlag.FAIL) && node("n3", "n1").is(NodeFlag.FAIL));

    nemesis.heal().toCompletableFuture().join();
    await("n1 follows n4")
        .atMost(FAILOVER)
        .until(() -> view("n1").myself().orElseThrow().is(NodeFlag.REPLICA));
    assertThat(events)
        .filteredOn(event -> event.phase() == Phase.HEALED && event.fault() == 0)
        .singleElement()
        .satisfies(event -> assertThat(event.detail()).contains("suspected by n2, n3"));
  }

  @Test
  void twoMastersThatAreCutOffFromEachOtherOnlyAreNotReplaced() {
    inject("nodes 1,2", "shape", "halves", "planes", "bus");
    awaitBite();

    await("one of them suspects the other")
        .atMost(FAILOVER)
        .until(() -> node("n1", "n2").is(NodeFlag.PFAIL) || node("n2", "n1").is(NodeFlag.PFAIL));
    await("nobody is replaced in a time in which others are")
        .during(NODE_TIMEOUT.multipliedBy(4))
        .atMost(FAILOVER)
        .until(
            () ->
                view("n1").myself().orElseThrow().is(NodeFlag.MASTER)
                    && view("n2").myself().orElseThrow().is(NodeFlag.MASTER)
                    && !node("n3", "n1").is(NodeFlag.FAIL)
                    && !node("n3", "n2").is(NodeFlag.FAIL));
    assertThat(view("n3").info().ok()).isTrue();
  }

  @Test
  void whoLosesItsBusServesItsClientsUntilItNotices() {
    inject("node 1", "planes", "bus");
    awaitBite();

    assertThat(set("n1", "{b}")).isEqualTo("OK");
    await("n1 finds itself in a minority")
        .atMost(FAILOVER)
        .until(() -> set("n1", "{b}").startsWith("CLUSTERDOWN"));
  }

  @Test
  void whoLosesItsClientsStaysInTheCluster() {
    inject("node 1", "planes", "clients");

    await("n1 does not answer its clients")
        .atMost(FAILOVER)
        .until(() -> !set("n1", "{b}").equals("OK"));
    awaitBite();
    assertThat(cluster.command("n1", List.of("PING")).toCompletableFuture().join())
        .isEqualTo(Value.of("PONG"));
    assertThat(node("n2", "n1").linked()).isTrue();
  }
}
