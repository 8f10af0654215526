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

/** The nodes of a cluster by what they say of themselves. */
public final class Peers {
  private final Injection injection;

  public Peers(Injection injection) {
    this.injection = injection;
  }

  /** A node that runs, and what it says of the cluster. */
  public record Peer(String name, ClusterView view) {
    Optional<NodeView> myself() {
      return view.myself();
    }

    /** Its id; empty if it does not tell. */
    public String id() {
      return myself().map(NodeView::id).orElse("");
    }

    /** The id of the master that it replicates; empty if it is a master. */
    Optional<String> master() {
      return myself().flatMap(NodeView::master);
    }

    /** Whether it is a master that owns slots. */
    public boolean ownsSlots() {
      return myself()
          .filter(node -> node.is(NodeFlag.MASTER) && !node.slots().isEmpty())
          .isPresent();
    }

    /** Whether it replicates the node of this id. */
    boolean follows(String id) {
      return master().filter(id::equals).isPresent();
    }
  }

  /** All that run and answer, in the cluster's order. Never fails. */
  public CompletionStage<List<Peer>> all() {
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

  /** The one of this name, if it is among them. */
  public static Optional<Peer> named(List<Peer> peers, String name) {
    return peers.stream().filter(peer -> peer.name().equals(name)).findFirst();
  }

  /** The one that this replica follows, if it is among them. */
  public static Optional<Peer> masterOf(List<Peer> peers, String replica) {
    return named(peers, replica)
        .flatMap(Peer::master)
        .flatMap(id -> peers.stream().filter(peer -> peer.id().equals(id)).findFirst());
  }

  /** A master other than this node, drawn with the fault's own draw. Never fails. */
  CompletionStage<Optional<String>> otherMaster(String node) {
    return all()
        .thenApply(peers -> drawn(peers, peer -> !peer.name().equals(node) && peer.ownsSlots()))
        .thenApply(found -> found.map(Peer::name));
  }

  /** One of them that this holds for, drawn with the fault's own draw. */
  Optional<Peer> drawn(List<Peer> peers, Predicate<Peer> fitting) {
    List<String> names = peers.stream().filter(fitting).map(Peer::name).toList();
    return Draw.order(injection.fault().draw(), names).stream()
        .findFirst()
        .flatMap(name -> named(peers, name));
  }
}
