package io.shardquake.faults.injector.load;

import io.shardquake.checkers.history.Value;
import io.shardquake.faults.NodeStatus.State;
import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.Selector.Group;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** DEBUG SLEEP: a command that holds up everything else, as KEYS or a long script would. */
final class BlockedLoop implements Injector {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  static final FaultKind KIND =
      new FaultKind(
          "block",
          "sends a command that blocks the server's only thread (DEBUG SLEEP) for 'for'",
          """
          Like a pause, but the process runs and the operating system goes on accepting connections: \
          what KEYS, a long script, or the deletion of a huge key does. The node does not answer the \
          bus either, so that a master that blocks for longer than the node timeout is replaced; it \
          then executes what had queued up before it learns of that.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.CALM),
              new Aim(Group.RANDOM_NODE, Intensity.CALM),
              new Aim(Group.ALL_MASTERS, Intensity.BRUTAL)),
          Collections.emptySortedMap(),
          List.of(Mechanism.ADMINISTRATION),
          FaultKind.Use.ANY);

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    return Waits.all(injection.nodes(), node -> block(injection, node));
  }

  private static CompletionStage<Effect> block(Injection injection, String node) {
    Duration wanted = injection.fault().duration();
    Duration length = wanted.compareTo(SHORTEST) < 0 ? SHORTEST : wanted;
    String seconds = String.format(Locale.ROOT, "%.3f", length.toMillis() / 1000.0);
    CompletableFuture<Value> reply =
        injection.cluster().command(node, List.of("DEBUG", "SLEEP", seconds)).toCompletableFuture();
    return injection
        .waits()
        .pass(injection.bounds().silence())
        .thenCompose(
            passed ->
                reply.isDone()
                    ? reply.handle((early, failure) -> tooEarly(node, early, failure))
                    : injection
                        .probe()
                        .pingTheSilent(node)
                        .thenApply(ping -> judge(injection, node, ping.answered(), seconds)));
  }

  private static Effect tooEarly(String node, Value early, Throwable failure) {
    return failure == null
        ? Effect.wanting(node, "DEBUG SLEEP was answered at once: " + early)
        : Effect.wanting(node, failure);
  }

  private static Effect judge(Injection injection, String node, boolean answered, String seconds) {
    State state = injection.cluster().status(node).state();
    if (answered || state != State.RUNNING) {
      return Effect.wanting(
          node, answered ? "answered PING nevertheless" : "its process is " + state);
    }
    return Effect.proven(node, "runs DEBUG SLEEP " + seconds + " and does not answer PING");
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
                    () -> CompletableFuture.completedStage(injection.cluster().status(node))));
  }
}
