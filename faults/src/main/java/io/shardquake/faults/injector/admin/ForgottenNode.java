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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** CLUSTER FORGET without the RESET that belongs to it. */
final class ForgottenNode implements Injector {
  static final FaultKind KIND =
      new FaultKind(
          "forget",
          "makes all others forget a node that goes on (CLUSTER FORGET without RESET)",
          """
          The node believes that it is still a member, and is none: nobody votes for it, nobody \
          replaces it, nobody answers it. The slots of a master that is forgotten have no owner any \
          more. No specification promises anything for that; the node is introduced again (CLUSTER \
          MEET) when the fault ends.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_REPLICA, Intensity.CALM),
              new Aim(Group.RANDOM_MASTER, Intensity.BRUTAL)),
          Collections.emptySortedMap(),
          List.of(Mechanism.ADMINISTRATION),
          FaultKind.Use.BY_NAME);

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    return new Peers(injection)
        .all()
        .thenCompose(peers -> Waits.all(injection.nodes(), node -> forget(injection, peers, node)));
  }

  private static CompletionStage<Effect> forget(
      Injection injection, List<Peer> peers, String node) {
    return Peers.named(peers, node)
        .map(
            forgotten ->
                new Membership(injection)
                    .forget(peers, forgotten)
                    .thenApply(count -> effect(node, count, peers.size() - 1)))
        .orElseGet(() -> CompletableFuture.completedStage(Effect.wanting(node, "does not answer")));
  }

  private static Effect effect(String node, int count, int others) {
    String seen = count + " of " + others + " others no longer list it";
    return (count > 0 ? Effect.proven(node, seen) : Effect.wanting(node, seen))
        .with("forgotten-by", Value.of(count));
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return Waits.all(
        injection.nodes(),
        node ->
            new Membership(injection)
                .introduce(node)
                .thenApply(told -> Effect.proven(node, told))
                .exceptionally(failure -> Effect.wanting(node, failure)));
  }
}
