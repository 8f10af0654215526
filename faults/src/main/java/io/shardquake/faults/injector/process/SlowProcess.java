package io.shardquake.faults.injector.process;

import io.shardquake.checkers.history.Value;
import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.NodeStatus.State;
import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.plan.DurationText;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Parameter;
import io.shardquake.faults.plan.Selector.Group;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** SIGSTOP and SIGCONT in turns, so that a process gets a share of its time only. */
final class SlowProcess implements Injector {
  private static final String SHARE = "share";
  private static final String PERIOD = "period";

  static final FaultKind KIND =
      new FaultKind(
          "slow",
          "lets processes run for a share of the time only, in turns with SIGSTOP",
          """
          What a host that is overcommitted does. Everything takes longer, and nothing is lost. As \
          long as the node answers the bus within the node timeout it must not be replaced; if it is, \
          what it acknowledges before it learns of that is lost.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.CALM),
              new Aim(Group.RANDOM_REPLICA, Intensity.CALM),
              new Aim(Group.MINORITY, Intensity.NORMAL).with(SHARE, "0.1"),
              new Aim(Group.ALL_MASTERS, Intensity.BRUTAL)),
          new TreeMap<>(
              Map.of(
                  SHARE,
                  Parameter.share("of the time that a process may run", "0.25"),
                  PERIOD,
                  Parameter.time("how long it runs and stands still, once each", "400ms"))));

  private boolean over;
  private long stops;

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public Injector forOne() {
    return new SlowProcess();
  }

  /** One node's turns. */
  private record Turns(Injection injection, String node, Duration running, Duration still) {}

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    double share = Double.parseDouble(KIND.value(injection.fault(), SHARE));
    long period = DurationText.parse(KIND.value(injection.fault(), PERIOD)).toNanos();
    Duration running = Duration.ofNanos((long) (period * share));
    Duration still = Duration.ofNanos(period).minus(running);
    return Waits.all(injection.nodes(), node -> begin(new Turns(injection, node, running, still)));
  }

  private CompletionStage<Effect> begin(Turns turns) {
    return stop(turns)
        .thenApply(
            before -> {
              Effect effect = judge(turns, before);
              turns.injection().waits().pass(turns.still()).thenRun(() -> run(turns));
              return effect;
            })
        .exceptionally(failure -> Effect.wanting(turns.node(), failure));
  }

  private static Effect judge(Turns turns, NodeStatus before) {
    if (before.state() == State.DEAD) {
      return Effect.wanting(turns.node(), "had no process to slow down");
    }
    NodeStatus now = turns.injection().cluster().status(turns.node());
    String story =
        "process "
            + now.pid()
            + " is "
            + now.state()
            + ", and stands still for "
            + DurationText.print(turns.still())
            + " of every "
            + DurationText.print(turns.still().plus(turns.running()));
    return now.state() == State.PAUSED
        ? Effect.proven(turns.node(), story).with("pid", Value.of(now.pid()))
        : Effect.wanting(turns.node(), story);
  }

  private CompletionStage<NodeStatus> stop(Turns turns) {
    stops++;
    return turns.injection().processes().pause(turns.injection().number(), turns.node());
  }

  private void run(Turns turns) {
    if (over) {
      return;
    }
    turns
        .injection()
        .processes()
        .resume(turns.injection().number(), turns.node())
        .thenCompose(resumed -> turns.injection().waits().pass(turns.running()))
        .whenComplete((passed, failure) -> standStill(turns));
  }

  private void standStill(Turns turns) {
    if (over) {
      return;
    }
    stop(turns)
        .thenCompose(stopped -> turns.injection().waits().pass(turns.still()))
        .whenComplete((passed, failure) -> run(turns));
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    over = true;
    return Waits.all(
        injection.nodes(),
        node ->
            injection
                .recovery()
                .of(node, () -> injection.processes().resume(injection.number(), node))
                .thenApply(effect -> effect.with("stops", Value.of(stops))));
  }
}
