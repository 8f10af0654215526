package io.shardquake.harness.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.faults.injector.StandardFaults;
import io.shardquake.faults.live.LiveScheduler;
import io.shardquake.faults.nemesis.Bounds;
import io.shardquake.faults.nemesis.FaultCatalogue;
import io.shardquake.faults.nemesis.PlanNemesis;
import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.PlanCheck;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Every kind of fault on one cluster, one after the other: each proves that it bit and heals, or is
 * refused beforehand with what is missing.
 */
final class FaultTable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LENGTH = Duration.ofSeconds(2);

  /** An append-only file is synced once a second. */
  private static final Duration LENGTH_OF_SYNCS = Duration.ofSeconds(4);

  private static final String SCRAMBLER = "corrupt-bus";

  private final RunningCluster cluster;
  private final FaultCatalogue catalogue = StandardFaults.catalogue();
  private Optional<String> broken = Optional.empty();

  FaultTable(RunningCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * A test for every kind. What inverts bits on the bus comes last: a slot that a message claims by
   * mistake may stay without an owner, and no server promises anything then.
   */
  Stream<DynamicTest> tests() {
    return tests(catalogue.kinds());
  }

  /** A test for each of these kinds, by name. */
  Stream<DynamicTest> tests(Set<String> names) {
    List<FaultKind> kinds =
        catalogue.kinds().stream().filter(kind -> names.contains(kind.name())).toList();
    assertThat(kinds).hasSameSizeAs(names);
    return tests(kinds);
  }

  private Stream<DynamicTest> tests(Collection<FaultKind> kinds) {
    return kinds.stream()
        .sorted(Comparator.comparing(kind -> kind.name().equals(SCRAMBLER)))
        .map(
            kind ->
                dynamicTest(
                    kind.name(),
                    () -> {
                      Optional<String> missing = cluster.capabilities().missingFor(kind);
                      if (missing.isPresent()) {
                        isRefused(kind, missing.get());
                      } else {
                        bitesAndHeals(kind);
                      }
                    }));
  }

  private Fault fault(FaultKind kind) {
    Aim aim = kind.aims().get(0);
    boolean syncs = kind.needs().contains(Mechanism.SHIM);
    Fault fault = Fault.of(kind.name(), aim.on(), Duration.ZERO, syncs ? LENGTH_OF_SYNCS : LENGTH);
    for (var parameter : aim.parameters().entrySet()) {
      fault = fault.with(parameter.getKey(), parameter.getValue());
    }
    return fault;
  }

  private void isRefused(FaultKind kind, String missing) {
    PlanCheck check =
        PlanCheck.of(
            new FaultPlan(List.of(fault(kind))),
            catalogue.kinds(),
            cluster.capabilities(),
            cluster.nodes().size());
    assertThat(missing).isNotBlank();
    assertThat(check.refusals()).singleElement().asString().contains(kind.name(), missing);
  }

  private void bitesAndHeals(FaultKind kind) {
    assertThat(broken).as("what an earlier fault left behind").isEmpty();
    broken = Optional.of(kind.name());
    awaitWhole();
    List<FaultEvent> events = new CopyOnWriteArrayList<>();
    ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    long start = System.nanoTime();
    try {
      PlanNemesis nemesis =
          new PlanNemesis(
              new FaultPlan(List.of(fault(kind))),
              catalogue,
              cluster,
              new LiveScheduler(thread, () -> System.nanoTime() - start),
              Bounds.DEFAULT,
              events::add);
      var finished = nemesis.start().toCompletableFuture();
      await(kind.name() + " ends").atMost(PATIENCE.multipliedBy(3)).until(finished::isDone);
      assertThat(nemesis.heal().toCompletableFuture().join().failures()).isEmpty();
    } finally {
      thread.shutdownNow();
    }
    assertThat(events)
        .extracting(FaultEvent::phase)
        .as("%s", events)
        .contains(Phase.BIT, Phase.HEALED)
        .doesNotContain(Phase.MISSED, Phase.SKIPPED, Phase.HEAL_FAILED);
    if (!kind.name().equals(SCRAMBLER)) {
      awaitWhole();
    }
    broken = Optional.empty();
  }

  /**
   * Every node answers, knows all others, and says that all is well; every master has a replica.
   */
  private void awaitWhole() {
    await("the cluster is whole")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              for (String node : cluster.nodes()) {
                TopologySample sample = cluster.view(node).toCompletableFuture().join();
                assertThat(sample.error()).as(node).isEmpty();
                ClusterView view = ClusterView.of(sample);
                assertThat(view.info().ok()).as(node + " says ok").isTrue();
                assertThat(view.nodes()).as(node).hasSize(cluster.nodes().size());
                assertThat(view.nodes())
                    .as(node)
                    .allMatch(
                        other -> other.linked() || other.id().equals(view.myself().get().id()));
              }
            });
  }
}
