package io.shardquake.faults.injector.admin;

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

/** CONFIG REWRITE: what a node is configured to, also by hand, becomes its file. */
final class RewrittenConfiguration implements Injector {
  static final FaultKind KIND =
      new FaultKind(
          "config-rewrite",
          "makes nodes write their configuration files anew (CONFIG REWRITE)",
          """
          Breaks nothing by itself, but a node that is started again later starts from a file that \
          the server wrote, with whatever had been set at that moment.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.EVERY_NODE, Intensity.CALM),
              new Aim(Group.RANDOM_NODE, Intensity.CALM)),
          Collections.emptySortedMap(),
          List.of(Mechanism.ADMINISTRATION),
          FaultKind.Use.ANY);

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    NodeCommands commands = new NodeCommands(injection);
    return Waits.all(
        injection.nodes(),
        node ->
            commands
                .tell(node, "CONFIG", "REWRITE")
                .thenApply(reply -> Effect.proven(node, "CONFIG REWRITE: " + reply))
                .exceptionally(failure -> Effect.wanting(node, failure)));
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return Waits.all(
        injection.nodes(),
        node ->
            CompletableFuture.completedStage(
                Effect.proven(node, "there is nothing to undo: the file is written")));
  }
}
