package io.shardquake.faults.injector.link;

import io.shardquake.checkers.history.Value;
import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.nemesis.Waits.Attempt;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.FaultKind.Use;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.Selector.Group;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A node is taken off its network: a container, or a host by a command of the user's own. */
final class Disconnection implements Injector {
  static final FaultKind KIND =
      new FaultKind(
          "disconnect",
          "takes nodes off their network, as pulling out a cable does",
          """
          The same as a partition of the node from everybody, both ways: it is taken to have failed \
          after the node timeout, and a master is replaced. What it acknowledges on connections that \
          still reach it, if there are any, is lost then.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.CALM),
              new Aim(Group.RANDOM_REPLICA, Intensity.CALM),
              new Aim(Group.MINORITY, Intensity.NORMAL),
              new Aim(Group.RANDOM_SHARD, Intensity.BRUTAL)),
          Collections.emptySortedMap(),
          List.of(Mechanism.DISCONNECTION),
          Use.ANY);

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    return Waits.all(
        injection.nodes(),
        node ->
            injection
                .waits()
                .within(
                    injection.bounds().ending(),
                    "the disconnection of " + node,
                    () -> injection.cluster().disconnect(node))
                .thenCompose(done -> evidence(injection, node))
                .exceptionally(failure -> Effect.wanting(node, failure)));
  }

  /** Either the harness cannot reach it any more, or, where it still can, others cannot. */
  private static CompletionStage<Effect> evidence(Injection injection, String node) {
    return injection
        .waits()
        .until(
            injection.fault().duration(),
            injection.bounds().poll(),
            () ->
                injection
                    .probe()
                    .pingTheSilent(node)
                    .thenCombine(
                        new Opinions(injection).of(node),
                        (ping, opinion) ->
                            ping.answered() && opinion.suspecting().isEmpty()
                                ? Attempt.<Effect>wanting("answers PING, and nobody suspects it")
                                : Attempt.of(
                                    Effect.proven(node, "PING: " + ping.text() + opinion)
                                        .with(
                                            "suspected-by",
                                            Value.of(String.join(",", opinion.suspecting()))))));
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return Waits.all(
        injection.nodes(),
        node ->
            injection
                .recovery()
                .of(
                    node,
                    () ->
                        injection
                            .waits()
                            .within(
                                injection.bounds().ending(),
                                "the connection of " + node,
                                () -> injection.cluster().connect(node))
                            .thenApply(done -> injection.cluster().status(node))));
  }
}
