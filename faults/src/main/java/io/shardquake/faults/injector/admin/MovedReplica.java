package io.shardquake.faults.injector.admin;

import io.shardquake.checkers.history.Value;
import io.shardquake.faults.injector.admin.Peers.Peer;
import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.Selector.Group;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** CLUSTER REPLICATE: a replica leaves its master for another one. */
final class MovedReplica implements Injector {
  static final FaultKind KIND =
      new FaultKind(
          "move-replica",
          "gives a replica to another master, and back when the fault ends",
          """
          A master that has lost its only replica cannot be replaced until it has one again. If \
          another master has two then, one of these moves to it of itself (replica migration). \
          Nothing that is acknowledged may be lost, unless the master fails meanwhile.""",
          FaultKind.Length.TOGETHER,
          List.of(new Aim(Group.RANDOM_REPLICA, Intensity.CALM)),
          Collections.emptySortedMap(),
          List.of(Mechanism.ADMINISTRATION),
          FaultKind.Use.ANY);

  /** The id of the master that each replica had. */
  private final Map<String, String> former = new TreeMap<>();

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public Injector forOne() {
    return new MovedReplica();
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    Peers cluster = new Peers(injection);
    return cluster
        .all()
        .thenCompose(
            peers -> Waits.all(injection.nodes(), node -> move(injection, cluster, peers, node)));
  }

  private CompletionStage<Effect> move(
      Injection injection, Peers cluster, List<Peer> peers, String node) {
    Optional<String> present = Peers.named(peers, node).flatMap(Peer::master);
    if (present.isEmpty()) {
      return CompletableFuture.completedStage(Effect.wanting(node, "is no replica"));
    }
    return cluster
        .drawn(peers, peer -> peer.ownsSlots() && !peer.id().equals(present.get()))
        .map(
            other -> {
              former.put(node, present.get());
              return new Following(injection)
                  .order(node, other.id())
                  .thenApply(
                      seen ->
                          Effect.proven(node, "follows " + other.name() + " now, " + seen)
                              .with("master", Value.of(other.name())))
                  .exceptionally(failure -> Effect.wanting(node, failure));
            })
        .orElseGet(
            () ->
                CompletableFuture.completedStage(
                    Effect.wanting(node, "there is no other master that answers")));
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return Waits.all(injection.nodes(), node -> giveBack(injection, node));
  }

  private CompletionStage<Effect> giveBack(Injection injection, String node) {
    String master = former.get(node);
    if (master == null) {
      return CompletableFuture.completedStage(Effect.proven(node, "was not moved"));
    }
    return new Peers(injection)
        .all()
        .thenCompose(peers -> giveBack(injection, node, master, peers))
        .exceptionally(
            // Whoever follows a living master is healthy; only the shape of the cluster differs.
            failure -> Effect.proven(node, "stays where it is: " + failure.getMessage()));
  }

  private static CompletionStage<Effect> giveBack(
      Injection injection, String node, String master, List<Peer> peers) {
    boolean orphaned =
        peers.stream().anyMatch(peer -> peer.id().equals(master) && peer.ownsSlots())
            && peers.stream().noneMatch(peer -> peer.follows(master));
    if (!orphaned) {
      return CompletableFuture.completedStage(
          Effect.proven(
              node, "stays where it is: its former master is none, or has another replica"));
    }
    return new Following(injection)
        .order(node, master)
        .thenApply(seen -> Effect.proven(node, "follows its former master again, " + seen));
  }
}
