package io.shardquake.faults.injector.disk;

import io.shardquake.checkers.history.Value;
import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.disk.Shim;
import io.shardquake.faults.disk.Shim.Tally;
import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.nemesis.Waits.Attempt;
import io.shardquake.faults.plan.FaultKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets the shim before nodes do something for as long as the fault lasts. Proven by what the shim
 * counts: how often it did.
 */
abstract class ShimFault implements Injector {
  private final FaultKind kind;
  private final Tally tally;
  private final Map<String, Long> before = new TreeMap<>();

  ShimFault(FaultKind kind, Tally tally) {
    this.kind = kind;
    this.tally = tally;
  }

  @Override
  public FaultKind kind() {
    return kind;
  }

  /** Sets the knobs of one node. */
  abstract void begin(Injection injection, String node);

  /** What was counted, in words. */
  abstract String words();

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    return Waits.all(injection.nodes(), node -> strike(injection, node));
  }

  private CompletionStage<Effect> strike(Injection injection, String node) {
    try {
      Shim shim = injection.shims().of(node);
      before.put(node, shim.count(tally));
      begin(injection, node);
      return injection
          .waits()
          .until(
              injection.fault().duration(),
              injection.bounds().poll(),
              () -> CompletableFuture.completedStage(look(injection, node)))
          .exceptionally(failure -> Effect.wanting(node, failure));
    } catch (IllegalStateException impossible) {
      return CompletableFuture.completedStage(Effect.wanting(node, impossible));
    }
  }

  private Attempt<Effect> look(Injection injection, String node) {
    long count = since(injection, node);
    return count > 0
        ? Attempt.of(Effect.proven(node, count + " " + words()).with("count", Value.of(count)))
        : Attempt.wanting("no " + words());
  }

  private long since(Injection injection, String node) {
    return injection.shims().of(node).count(tally) - before.getOrDefault(node, 0L);
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    injection.shims().end(injection.number());
    return Waits.all(
        injection.nodes(),
        node ->
            injection
                .recovery()
                .of(node, () -> letGo(injection, node))
                .thenApply(effect -> told(injection, effect)));
  }

  /** Lets a node go on that was struck; called again and again until it answers. */
  CompletionStage<NodeStatus> letGo(Injection injection, String node) {
    // A server may end itself when its disk fails.
    return injection.processes().bringBack(injection.number(), node);
  }

  private Effect told(Injection injection, Effect effect) {
    if (!before.containsKey(effect.node())) {
      return effect;
    }
    long count = since(injection, effect.node());
    return effect.preceded("in all " + count + " " + words() + "; ").with("count", Value.of(count));
  }
}
