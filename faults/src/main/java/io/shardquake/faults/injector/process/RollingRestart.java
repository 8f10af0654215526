package io.shardquake.faults.injector.process;

import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.nemesis.NodeProcesses.Ending;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Selector.Group;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Restarts one node after the other, the next only when the one before is back in the cluster, as
 * an upgrade would. When one does not come back, the rest is left alone.
 */
final class RollingRestart implements Injector {
  private static final FaultKind KIND =
      new FaultKind(
          "rolling-restart",
          "restarts one node after the other, each down for 'for', as an upgrade does",
          """
          The same as an upgrade of the cluster, and like one it should cost short unavailability of \
          one shard after the other and no acknowledged write, as long as each node is back before the \
          node timeout. With a longer 'for' each master is replaced, and writes that it had not sent \
          to its replica are lost only if the server does not wait for its replicas at shutdown.""",
          FaultKind.Length.ONE_BY_ONE,
          List.of(
              new Aim(Group.EVERY_NODE, Intensity.CALM),
              new Aim(Group.ALL_REPLICAS, Intensity.CALM),
              new Aim(Group.ALL_MASTERS, Intensity.NORMAL)),
          Collections.emptySortedMap());

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    return roll(injection, List.of());
  }

  private static CompletionStage<List<Effect>> roll(Injection injection, List<Effect> soFar) {
    if (soFar.size() == injection.nodes().size()) {
      return CompletableFuture.completedStage(soFar);
    }
    String node = injection.nodes().get(soFar.size());
    boolean stuck = soFar.stream().anyMatch(effect -> !effect.proven());
    CompletionStage<Effect> next;
    if (stuck) {
      next = leaveAlone(node, "left alone, as one before it is not well");
    } else if (injection.isEnding()) {
      next = leaveAlone(node, "the run ended before its turn");
    } else {
      next = restart(injection, node);
    }
    return next.thenCompose(
        effect -> {
          List<Effect> more = new ArrayList<>(soFar);
          more.add(effect);
          return roll(injection, more);
        });
  }

  private static CompletionStage<Effect> leaveAlone(String node, String why) {
    return CompletableFuture.completedStage(Effect.wanting(node, why));
  }

  private static CompletionStage<Effect> restart(Injection injection, String node) {
    EndedProcess process = new EndedProcess(injection);
    return process
        .end(node, Ending.STOP)
        .thenCompose(
            ended ->
                injection
                    .pass(injection.fault().duration())
                    .thenCompose(passed -> process.bringBack(node))
                    .thenCompose(back -> rejoined(injection, node, ended, back)));
  }

  private static CompletionStage<Effect> rejoined(
      Injection injection, String node, Effect ended, Effect back) {
    if (!ended.proven() || !back.proven()) {
      return CompletableFuture.completedStage(ended.proven() ? back : ended);
    }
    return new Rejoining(injection)
        .await()
        .thenApply(well -> Effect.proven(node, ended.detail() + "; " + back.detail() + "; " + well))
        .exceptionally(failure -> Effect.wanting(node, failure));
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return Waits.all(injection.nodes(), new EndedProcess(injection)::bringBack);
  }
}
