package io.shardquake.faults.injector.admin;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.NodeView;
import io.shardquake.faults.injector.admin.Peers.Peer;
import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.nemesis.Waits.Attempt;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.Selector.Group;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** CLUSTER BUMPEPOCH, sent to several masters at once, none of which can know of the others. */
final class EpochCollision implements Injector {
  private static final String BUMPED = "BUMPED ";

  static final FaultKind KIND =
      new FaultKind(
          "epoch-collision",
          "makes masters claim the same config epoch",
          """
          Config epochs have to be unique, and administrators' commands can break that. Of two \
          masters with the same epoch the one with the lesser id takes a new one as soon as it hears \
          of the other. Nothing else may come of it, as these masters own different slots.""",
          FaultKind.Length.TOGETHER,
          List.of(new Aim(Group.ALL_MASTERS, Intensity.CALM)),
          Collections.emptySortedMap(),
          List.of(Mechanism.ADMINISTRATION),
          FaultKind.Use.ANY);

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    return injection
        .waits()
        .until(injection.bounds().answer(), injection.bounds().poll(), () -> bump(injection));
  }

  private static CompletionStage<Attempt<List<Effect>>> bump(Injection injection) {
    NodeCommands commands = new NodeCommands(injection);
    return Waits.all(
            injection.nodes(),
            node ->
                commands
                    .tell(node, "CLUSTER", "BUMPEPOCH")
                    .exceptionally(failure -> String.valueOf(failure.getMessage())))
        .thenApply(replies -> judge(injection.nodes(), replies));
  }

  private static Attempt<List<Effect>> judge(List<String> nodes, List<String> replies) {
    boolean collided =
        replies.stream()
            .filter(reply -> reply.startsWith(BUMPED))
            .anyMatch(reply -> Collections.frequency(replies, reply) > 1);
    if (!collided) {
      return Attempt.wanting("no two of them took the same epoch: " + replies);
    }
    return Attempt.of(
        IntStream.range(0, nodes.size())
            .mapToObj(i -> effect(nodes.get(i), replies.get(i), replies))
            .toList());
  }

  private static Effect effect(String node, String reply, List<String> replies) {
    boolean shared = Collections.frequency(replies, reply) > 1;
    Effect effect =
        shared
            ? Effect.proven(node, "took an epoch that another one took too: " + reply)
            : Effect.proven(node, "kept out of the collision of the others: " + reply);
    return effect.with("reply", Value.of(reply));
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return injection
        .waits()
        .until(
            injection.bounds().healing(),
            injection.bounds().poll(),
            () -> new Peers(injection).all().thenApply(EpochCollision::distinct))
        .handle(
            (told, failure) ->
                injection.nodes().stream()
                    .map(
                        node ->
                            failure == null
                                ? Effect.proven(node, told)
                                : Effect.wanting(node, failure))
                    .toList());
  }

  private static Attempt<String> distinct(List<Peer> peers) {
    List<Long> epochs =
        peers.stream()
            .filter(Peer::ownsSlots)
            .flatMap(peer -> peer.myself().stream())
            .map(NodeView::configEpoch)
            .toList();
    return epochs.stream().distinct().count() == epochs.size()
        ? Attempt.of("the masters have epochs of their own: " + epochs)
        : Attempt.wanting("masters still share an epoch: " + epochs);
  }
}
