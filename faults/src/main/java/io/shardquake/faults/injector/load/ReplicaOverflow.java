package io.shardquake.faults.injector.load;

import io.shardquake.checkers.history.Value;
import io.shardquake.faults.injector.admin.Peers;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A replica that does not read fast enough, and a master that gives up on it. */
final class ReplicaOverflow implements Injector {
  /** More than the operating system takes off the master's hands for a connection. */
  private static final int CHUNKS = 64;

  private static final int CHUNK_BYTES = 512 * 1024;
  private static final String LIMIT = "slave 65536 65536 1";

  static final FaultKind KIND =
      new FaultKind(
          "buffer-overflow",
          "pauses a replica until its master closes the connection: its output buffer is full",
          """
          The master has little room to keep what a replica has not read (client-output-buffer-limit, \
          repl-backlog-size), so that the replica has to copy everything anew when it is back. Until \
          it has, it is of no use as a successor: what is acknowledged meanwhile is lost with the \
          master. Writes of some megabytes make sure that the buffer fills up.""",
          FaultKind.Length.TOGETHER,
          List.of(new Aim(Group.RANDOM_REPLICA, Intensity.NORMAL)),
          Collections.emptySortedMap(),
          List.of(Mechanism.ADMINISTRATION, Mechanism.PROCESSES),
          FaultKind.Use.ANY);

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    return new Peers(injection)
        .all()
        .thenCompose(
            peers ->
                Waits.all(
                    injection.nodes(),
                    node ->
                        Peers.masterOf(peers, node)
                            .map(master -> overflow(injection, node, master.name()))
                            .orElseGet(
                                () ->
                                    CompletableFuture.completedStage(
                                        Effect.wanting(node, "follows no master that answers")))));
  }

  private static CompletionStage<Effect> overflow(
      Injection injection, String replica, String master) {
    int fault = injection.number();
    return injection
        .settings()
        .set(fault, master, "repl-backlog-size", "16384")
        .thenCompose(
            set -> injection.settings().set(fault, master, "client-output-buffer-limit", LIMIT))
        .thenCompose(set -> connected(injection, master))
        .thenCompose(
            before ->
                injection
                    .processes()
                    .pause(fault, replica)
                    .thenCompose(paused -> fill(injection, master, CHUNKS, before)))
        .thenCompose(
            count ->
                new Ballast(injection)
                    .remove(master)
                    .handle((removed, failure) -> effect(replica, master, count)))
        .exceptionally(failure -> Effect.wanting(replica, failure));
  }

  private static Effect effect(String replica, String master, int chunks) {
    return Effect.proven(
            replica,
            master
                + " has closed the connection after "
                + (long) chunks * CHUNK_BYTES
                + " bytes that the replica did not read")
        .with("master", Value.of(master));
  }

  /** Writes until the master has fewer replicas; completes with how many chunks that took. */
  private static CompletionStage<Integer> fill(
      Injection injection, String master, int left, long before) {
    if (left == 0) {
      return CompletableFuture.failedStage(
          new IllegalStateException(master + " has kept all replicas, whatever was written"));
    }
    return new Ballast(injection)
        .write(master, CHUNK_BYTES)
        .thenCompose(written -> connected(injection, master))
        .thenCompose(
            now ->
                now < before
                    ? CompletableFuture.completedStage(CHUNKS - left + 1)
                    : fill(injection, master, left - 1, before));
  }

  private static CompletionStage<Long> connected(Injection injection, String master) {
    return injection
        .probe()
        .info(master, "replication")
        .thenApply(info -> info.lines().filter(line -> line.matches("slave\\d+:.*")).count());
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return injection
        .settings()
        .end(injection.number())
        .handle((done, failure) -> failure)
        .thenCompose(
            failure ->
                Waits.all(
                    injection.nodes(),
                    node ->
                        injection
                            .recovery()
                            .of(
                                node,
                                () -> injection.processes().resume(injection.number(), node))))
        .thenCompose(effects -> Waits.all(effects, effect -> inStep(injection, effect)));
  }

  /** A replica that was given up copies everything; that it has is part of being whole again. */
  private static CompletionStage<Effect> inStep(Injection injection, Effect effect) {
    if (!effect.proven()) {
      return CompletableFuture.completedStage(effect);
    }
    return injection
        .waits()
        .until(
            injection.bounds().healing(),
            injection.bounds().poll(),
            () ->
                injection
                    .probe()
                    .info(effect.node(), "replication")
                    .thenApply(ReplicaOverflow::judge))
        .handle(
            (seen, failure) ->
                failure == null
                    ? Effect.proven(effect.node(), effect.detail() + "; " + seen)
                    : Effect.proven(
                        effect.node(), effect.detail() + "; not in step yet, others are at work"));
  }

  private static Attempt<String> judge(String info) {
    if (info.lines().anyMatch("role:master"::equals)) {
      return Attempt.of("it has become a master");
    }
    return info.lines().anyMatch("master_link_status:up"::equals)
        ? Attempt.of("in step with its master again")
        : Attempt.wanting("not in step with its master");
  }
}
