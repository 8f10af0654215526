package io.shardquake.faults.injector.process;

import io.shardquake.checkers.history.Value;
import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.NodeStatus.State;
import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.NodeProcesses.Ending;
import io.shardquake.faults.nemesis.Probe;
import java.util.concurrent.CompletionStage;

/** Ends processes and brings them back: what killing and restarting have in common. */
public final class EndedProcess {
  private final Injection injection;

  public EndedProcess(Injection injection) {
    this.injection = injection;
  }

  /** Ends a node's process; proven by a process that is gone and a PING that nobody answers. */
  public CompletionStage<Effect> end(String node, Ending ending) {
    return injection
        .processes()
        .end(injection.number(), node, ending)
        .thenCompose(
            before ->
                injection.probe().pingTheSilent(node).thenApply(ping -> judge(node, before, ping)))
        .exceptionally(failure -> Effect.wanting(node, failure));
  }

  private Effect judge(String node, NodeStatus before, Probe.Ping ping) {
    if (before.state() == State.DEAD) {
      return Effect.wanting(node, "had no process to end; is kept down");
    }
    NodeStatus after = injection.cluster().status(node);
    if (after.state() != State.DEAD) {
      return Effect.wanting(node, "process " + after.pid() + " is " + after.state());
    }
    if (ping.answered()) {
      return Effect.wanting(
          node, "process " + before.pid() + " is gone, yet PING was answered: " + ping.text());
    }
    return Effect.proven(node, "process " + before.pid() + " is gone; PING: " + ping.text())
        .with("pid", Value.of(before.pid()));
  }

  /** Starts it again; proven by a process that runs and answers. */
  public CompletionStage<Effect> bringBack(String node) {
    return injection
        .recovery()
        .of(node, () -> injection.processes().bringBack(injection.number(), node));
  }
}
