package io.shardquake.faults.injector.admin;

import io.shardquake.checkers.topology.ClusterView;
import io.shardquake.checkers.topology.NodeFlag;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.faults.NodeStatus.State;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.plan.Draw;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** The other nodes of a cluster by what they say of themselves. */
final class Peers {
  private final Injection injection;

  Peers(Injection injection) {
    this.injection = injection;
  }

  /** A node that runs, and what it says of the cluster. */
  record Peer(String name, ClusterView view) {
    Optional<NodeView> myself() {
      return view.myself();
    }

    boolean ownsSlots() {
      return myself()
          .filter(node -> node.is(NodeFlag.MASTER) && !node.slots().isEmpty())
          .isPresent();
    }
  }

  /** All that run and answer, in the cluster's order. Never fails. */
  CompletionStage<List<Peer>> all() {
    List<String> running =
        injection.cluster().nodes().stream()
            .filter(node -> injection.cluster().status(node).state() == State.RUNNING)
            .toList();
    return Waits.all(running, this::ask)
        .thenApply(answers -> answers.stream().flatMap(Optional::stream).toList());
  }

  private CompletionStage<Optional<Peer>> ask(String node) {
    return injection
        .probe()
        .view(node)
        .thenApply(sample -> peer(node, sample))
        .exceptionally(silent -> Optional.empty());
  }

  private static Optional<Peer> peer(String node, TopologySample sample) {
    return sample.answered()
        ? Optional.of(new Peer(node, ClusterView.of(sample)))
        : Optional.empty();
  }

  /** A master other than this node, drawn with the fault's own draw. Never fails. */
  CompletionStage<Optional<String>> otherMaster(String node) {
    return all()
        .thenApply(
            peers -> {
              Predicate<Peer> other = peer -> !peer.name().equals(node) && peer.ownsSlots();
              List<String> names = peers.stream().filter(other).map(Peer::name).toList();
              return Draw.order(injection.fault().draw(), names).stream().findFirst();
            });
  }
}
