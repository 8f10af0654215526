package io.shardquake.faults.injector.admin;

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

/** A replica leaves the cluster in good order, and joins it again. */
final class RemovedNode implements Injector {
  static final FaultKind KIND =
      new FaultKind(
          "remove-node",
          "takes a replica out of the cluster, empties it, and adds it again as a new one",
          """
          What an administrator does to replace a machine: all others forget the node, it is reset, \
          and later it is introduced, given a master, and copies its data. Its master cannot be \
          replaced meanwhile, unless it has another replica. No acknowledged write may be lost as \
          long as the master lives.""",
          FaultKind.Length.TOGETHER,
          List.of(new Aim(Group.RANDOM_REPLICA, Intensity.CALM)),
          Collections.emptySortedMap(),
          List.of(Mechanism.ADMINISTRATION),
          FaultKind.Use.ANY);

  /** The id of the master that each removed node had. */
  private final Map<String, String> former = new TreeMap<>();

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public Injector forOne() {
    return new RemovedNode();
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    return new Peers(injection)
        .all()
        .thenCompose(peers -> Waits.all(injection.nodes(), node -> remove(injection, peers, node)));
  }

  private CompletionStage<Effect> remove(Injection injection, List<Peer> peers, String node) {
    Optional<Peer> leaving = Peers.named(peers, node);
    Optional<String> master = leaving.flatMap(Peer::master);
    if (master.isEmpty()) {
      return CompletableFuture.completedStage(
          Effect.wanting(node, "is no replica: a master would have to hand over its slots first"));
    }
    former.put(node, master.get());
    return new Membership(injection)
        .forget(peers, leaving.get())
        .thenCompose(count -> new NodeCommands(injection).tell(node, "CLUSTER", "RESET", "SOFT"))
        .thenCompose(reset -> new Peers(injection).all())
        .thenApply(after -> effect(after, node))
        .exceptionally(failure -> Effect.wanting(node, failure));
  }

  private static Effect effect(List<Peer> after, String node) {
    int known =
        Peers.named(after, node).map(peer -> peer.view().nodes().size()).orElse(Integer.MAX_VALUE);
    return known == 1
        ? Effect.proven(node, "is alone, and knows nobody any more")
        : Effect.wanting(node, "still knows others");
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return Waits.all(injection.nodes(), node -> add(injection, node));
  }

  private CompletionStage<Effect> add(Injection injection, String node) {
    String master = former.get(node);
    if (master == null) {
      return CompletableFuture.completedStage(Effect.proven(node, "was not removed"));
    }
    return new Membership(injection)
        .introduce(node)
        .thenCompose(known -> new Peers(injection).all())
        .thenCompose(
            peers -> new Following(injection).order(node, master(injection, peers, master)))
        .thenApply(seen -> Effect.proven(node, "is a replica again, " + seen))
        .exceptionally(failure -> Effect.wanting(node, failure));
  }

  /** Its former master, or else one that has no replica, or else any. */
  private static String master(Injection injection, List<Peer> peers, String former) {
    Peers cluster = new Peers(injection);
    return cluster
        .drawn(peers, peer -> peer.ownsSlots() && peer.id().equals(former))
        .or(
            () ->
                cluster.drawn(
                    peers,
                    peer ->
                        peer.ownsSlots()
                            && peers.stream().noneMatch(other -> other.follows(peer.id()))))
        .or(() -> cluster.drawn(peers, Peer::ownsSlots))
        .map(Peer::id)
        .orElse(former);
  }
}
