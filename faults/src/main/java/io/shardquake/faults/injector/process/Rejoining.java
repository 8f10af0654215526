package io.shardquake.faults.injector.process;

import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.faults.NodeStatus.State;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Probe;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.nemesis.Waits.Attempt;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Awaits that the nodes that run form one cluster and that their replication is in step. */
final class Rejoining {
  private final Injection injection;
  private final Probe probe;

  Rejoining(Injection injection) {
    this.injection = injection;
    this.probe = injection.probe();
  }

  /** Completes with one line that says what was seen; fails with what is still wanting. */
  CompletionStage<String> await() {
    return injection
        .waits()
        .until(
            injection.bounds().healing(),
            injection.bounds().poll(),
            () -> Waits.all(running(), this::wanting).thenApply(this::judge));
  }

  private Attempt<String> judge(List<Optional<String>> wanting) {
    return wanting.stream()
        .flatMap(Optional::stream)
        .findFirst()
        .map(Attempt::<String>wanting)
        .orElseGet(() -> Attempt.of("all " + wanting.size() + " nodes linked and in step"));
  }

  private List<String> running() {
    return injection.cluster().nodes().stream()
        .filter(node -> injection.cluster().status(node).state() == State.RUNNING)
        .toList();
  }

  private CompletionStage<Optional<String>> wanting(String node) {
    return probe
        .view(node)
        .thenCombine(
            probe.info(node, "replication"),
            (view, replication) -> wanting(node, ClusterView.of(view), replication));
  }

  private Optional<String> wanting(String node, ClusterView view, String replication) {
    if (!view.info().ok()) {
      return Optional.of(node + " says that the cluster is not ok");
    }
    int unlinked =
        view.nodes().stream()
            .filter(other -> !other.is(NodeFlag.MYSELF))
            .filter(other -> !other.linked() || other.is(NodeFlag.FAIL) || other.is(NodeFlag.PFAIL))
            .toList()
            .size();
    // Other faults may keep nodes away; those are not waited for.
    int away = injection.cluster().nodes().size() - running().size();
    if (unlinked > away) {
      return Optional.of(node + " has no link to " + unlinked + " nodes");
    }
    boolean replica = replication.lines().anyMatch("role:slave"::equals);
    boolean inStep = replication.lines().anyMatch("master_link_status:up"::equals);
    return replica && !inStep
        ? Optional.of(node + " is not in step with its master")
        : Optional.empty();
  }
}
