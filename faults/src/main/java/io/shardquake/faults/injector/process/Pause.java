package io.shardquake.faults.injector.process;

import io.shardquake.checkers.history.Value;
import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.NodeStatus.State;
import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.nemesis.Probe;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Selector.Group;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** SIGSTOP, and SIGCONT when the fault ends. */
final class Pause implements Injector {
  private static final FaultKind KIND =
      new FaultKind(
          "pause",
          "stops processes from running (SIGSTOP); 'for' later they go on (SIGCONT)",
          """
          Connections stay open and nothing is answered: what a garbage collection, a swapping host or \
          a migrated virtual machine looks like. Commands sent meanwhile are executed when the process \
          goes on, however late. A master that was replaced meanwhile may serve its old data for the \
          moment until it notices; writes that it acknowledges in this moment are lost.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.CALM),
              new Aim(Group.RANDOM_NODE, Intensity.CALM),
              new Aim(Group.MINORITY, Intensity.NORMAL),
              new Aim(Group.ALL_MASTERS, Intensity.BRUTAL),
              new Aim(Group.EVERY_NODE, Intensity.BRUTAL)),
          Collections.emptySortedMap());

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    return Waits.all(injection.nodes(), node -> pause(injection, node));
  }

  private static CompletionStage<Effect> pause(Injection injection, String node) {
    return injection
        .processes()
        .pause(injection.number(), node)
        .thenCompose(
            before ->
                injection
                    .probe()
                    .pingTheSilent(node)
                    .thenApply(ping -> judge(injection, node, before, ping)))
        .exceptionally(failure -> Effect.wanting(node, failure));
  }

  private static Effect judge(
      Injection injection, String node, NodeStatus before, Probe.Ping ping) {
    if (before.state() == State.DEAD) {
      return Effect.wanting(node, "had no process to pause");
    }
    NodeStatus after = injection.cluster().status(node);
    if (after.state() != State.PAUSED) {
      return Effect.wanting(node, "process " + after.pid() + " is " + after.state());
    }
    if (ping.answered()) {
      return Effect.wanting(
          node, "process " + after.pid() + " is stopped, yet PING was answered: " + ping.text());
    }
    return Effect.proven(node, "process " + after.pid() + " is stopped; PING: " + ping.text())
        .with("pid", Value.of(after.pid()));
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return Waits.all(
        injection.nodes(),
        node ->
            injection
                .recovery()
                .of(node, () -> injection.processes().resume(injection.number(), node)));
  }
}
