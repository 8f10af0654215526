package io.shardquake.faults.injector.load;

import io.shardquake.checkers.history.Value;
import io.shardquake.faults.injector.admin.NodeCommands;
import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.nemesis.Waits.Attempt;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.Parameter;
import io.shardquake.faults.plan.Selector.Group;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** CONFIG SET maxmemory, to less than the node uses. */
final class MemoryLimit implements Injector {
  private static final String POLICY = "policy";
  private static final String NOEVICTION = "noeviction";

  static final FaultKind KIND =
      new FaultKind(
          "memory-limit",
          "sets maxmemory to half of what nodes use: they refuse writes, or drop keys",
          """
          With noeviction a master refuses writes and goes on answering reads; nothing may be lost. \
          With allkeys-lru it drops keys to make room, which is data loss on demand: ask for it only \
          to see what clients and checkers make of it.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.NORMAL),
              new Aim(Group.ALL_MASTERS, Intensity.BRUTAL)),
          new TreeMap<>(
              Map.of(
                  POLICY,
                  Parameter.word(
                      "maxmemory-policy: what to do at the limit",
                      NOEVICTION,
                      List.of(NOEVICTION, "allkeys-lru", "allkeys-random")))),
          List.of(Mechanism.ADMINISTRATION),
          FaultKind.Use.ANY);

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    return Waits.all(
        injection.nodes(),
        node ->
            limit(injection, node)
                .thenCompose(limit -> evidence(injection, node, limit))
                .exceptionally(failure -> Effect.wanting(node, failure)));
  }

  private static CompletionStage<Long> limit(Injection injection, String node) {
    int fault = injection.number();
    String policy = KIND.value(injection.fault(), POLICY);
    return injection
        .probe()
        .info(node, "memory")
        .thenCompose(
            info -> {
              long used = Long.parseLong(NodeCommands.field(info, "used_memory").orElse("0"));
              long limit = Math.max(1, used / 2);
              return injection
                  .settings()
                  .set(fault, node, "maxmemory-policy", policy)
                  .thenCompose(
                      set ->
                          injection.settings().set(fault, node, "maxmemory", Long.toString(limit)))
                  .thenApply(set -> limit);
            });
  }

  private static CompletionStage<Effect> evidence(Injection injection, String node, long limit) {
    boolean refuses = KIND.value(injection.fault(), POLICY).equals(NOEVICTION);
    return injection
        .waits()
        .until(
            injection.fault().duration(),
            injection.bounds().poll(),
            () -> refuses ? refusal(injection, node) : eviction(injection, node))
        .thenApply(
            seen ->
                Effect.proven(node, "maxmemory is " + limit + ": " + seen)
                    .with("maxmemory", Value.of(limit)));
  }

  private static CompletionStage<Attempt<String>> refusal(Injection injection, String node) {
    return new Ballast(injection)
        .write(node, 1)
        .handle(
            (written, failure) -> {
              String refusal = failure == null ? "" : Effect.wanting(node, failure).detail();
              return refusal.contains("OOM")
                  ? Attempt.of(refusal)
                  : Attempt.<String>wanting(failure == null ? "a write was not refused" : refusal);
            });
  }

  private static CompletionStage<Attempt<String>> eviction(Injection injection, String node) {
    return injection
        .probe()
        .info(node, "stats")
        .thenApply(
            info -> {
              String evicted = NodeCommands.field(info, "evicted_keys").orElse("0");
              return evicted.equals("0")
                  ? Attempt.<String>wanting("no key was evicted")
                  : Attempt.of(evicted + " keys were evicted");
            });
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return injection
        .settings()
        .end(injection.number())
        .handle(
            (done, failure) ->
                injection.nodes().stream()
                    .map(
                        node ->
                            failure == null
                                ? Effect.proven(node, "has its former limit again")
                                : Effect.wanting(node, failure))
                    .toList());
  }
}
