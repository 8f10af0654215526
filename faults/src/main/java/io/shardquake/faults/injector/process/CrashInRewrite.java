package io.shardquake.faults.injector.process;

import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.nemesis.NodeProcesses.Ending;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.Selector.Group;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** SIGKILL while the append-only file is being rewritten. */
final class CrashInRewrite implements Injector {
  static final FaultKind KIND =
      new FaultKind(
          "crash-in-rewrite",
          "kills processes while they rewrite their append-only file",
          """
          A rewrite that was cut short leaves files that nobody needs; what counts is the manifest, \
          which names the old ones until the rewrite is complete. Otherwise the same as a kill: \
          nothing that was logged may be lost.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.NORMAL),
              new Aim(Group.RANDOM_REPLICA, Intensity.NORMAL)),
          Collections.emptySortedMap(),
          List.of(Mechanism.PROCESSES, Mechanism.ADMINISTRATION),
          FaultKind.Use.ANY);

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    return Waits.all(
        injection.nodes(),
        node -> crash(injection, node).exceptionally(failure -> Effect.wanting(node, failure)));
  }

  private static CompletionStage<Effect> crash(Injection injection, String node) {
    Snapshots snapshots = new Snapshots(injection);
    return snapshots
        .slowDown(node)
        .thenCompose(
            slow ->
                injection
                    .waits()
                    .within(
                        injection.bounds().answer(),
                        "BGREWRITEAOF",
                        () -> injection.cluster().command(node, List.of("BGREWRITEAOF"))))
        .thenCompose(begun -> snapshots.await(node, "persistence", "aof_rewrite_in_progress:1"))
        .thenCompose(
            seen ->
                new EndedProcess(injection)
                    .end(node, Ending.KILL)
                    .thenApply(effect -> effect.preceded("at " + seen + ": ")));
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return Waits.all(injection.nodes(), new EndedProcess(injection)::bringBack)
        .thenCompose(
            effects ->
                injection.settings().end(injection.number()).handle((done, failure) -> effects));
  }
}
