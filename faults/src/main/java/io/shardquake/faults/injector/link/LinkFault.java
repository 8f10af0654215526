package io.shardquake.faults.injector.link;

import io.shardquake.checkers.history.Value;
import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.nemesis.Waits.Attempt;
import io.shardquake.faults.network.Damage;
import io.shardquake.faults.network.Direction;
import io.shardquake.faults.plan.FaultKind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Impairs links for as long as the fault lasts. Proven by what the proxy counts: a fault of which
 * no byte took notice, because none was sent, is a miss. When it ends, what the other nodes think
 * of the struck ones is told as well.
 */
abstract class LinkFault implements Injector {
  private final FaultKind kind;

  LinkFault(FaultKind kind) {
    this.kind = kind;
  }

  @Override
  public FaultKind kind() {
    return kind;
  }

  /** What is to go wrong where. */
  abstract Damage damage(Injection injection);

  /** What proves that it does. */
  abstract Trace trace(Injection injection);

  /** Brings about what the damage is felt by, where ordinary traffic does not. */
  CompletionStage<Void> provoke(Injection injection) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    Damage damage = damage(injection);
    return injection
        .network()
        .begin(injection.number(), damage)
        .thenCompose(begun -> provoke(injection))
        .thenCompose(provoked -> evidence(injection, damage));
  }

  /** Waits for it no longer than the fault lasts. */
  private CompletionStage<List<Effect>> evidence(Injection injection, Damage damage) {
    return injection
        .waits()
        .until(
            injection.fault().duration(),
            injection.bounds().poll(),
            () -> {
              List<Effect> effects = effects(injection, damage);
              boolean settled = effects.stream().allMatch(Effect::proven) || injection.isEnding();
              return CompletableFuture.completedStage(
                  settled ? Attempt.of(effects) : Attempt.wanting("no evidence yet"));
            })
        .exceptionally(tooLate -> effects(injection, damage));
  }

  private List<Effect> effects(Injection injection, Damage damage) {
    return injection.nodes().stream().map(node -> effect(injection, damage, node)).toList();
  }

  private Effect effect(Injection injection, Damage damage, String node) {
    Predicate<Direction> concerns =
        direction -> direction.from().equals(node) || direction.to().equals(node);
    boolean bystander = damage.where().stream().noneMatch(concerns);
    Trace trace = trace(injection);
    // Where a shape spares a node, the bridge for instance, the others have to prove it.
    long count =
        (bystander ? injection.nodes() : List.of(node))
            .stream()
                .mapToLong(who -> trace.in(injection.network().since(injection.number(), who)))
                .sum();
    if (bystander && count > 0) {
      return Effect.proven(node, "is spared by the shape");
    }
    Effect effect =
        count > 0
            ? Effect.proven(node, count + " " + trace.words())
            : Effect.wanting(node, "no " + trace.words());
    return effect.with("count", Value.of(count));
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return new Opinions(injection)
        .all()
        .thenCompose(
            opinions -> {
              List<Effect> effects = told(injection, opinions);
              return injection
                  .network()
                  .end(injection.number())
                  .handle(
                      (ended, failure) -> failure == null ? effects : wanting(effects, failure));
            });
  }

  private List<Effect> told(Injection injection, List<Opinions.Opinion> opinions) {
    Trace trace = trace(injection);
    return opinions.stream()
        .map(
            opinion -> {
              long count = trace.in(injection.network().since(injection.number(), opinion.node()));
              return Effect.proven(
                      opinion.node(),
                      "the links carry again; in all " + count + " " + trace.words() + opinion)
                  .with("count", Value.of(count))
                  .with("suspected-by", Value.of(String.join(",", opinion.suspecting())));
            })
        .toList();
  }

  private static List<Effect> wanting(List<Effect> effects, Throwable failure) {
    return effects.stream().map(effect -> Effect.wanting(effect.node(), failure)).toList();
  }

  /** The directions between the struck nodes and all others, as the fault's parameters have it. */
  static List<Direction> around(Injection injection, FaultKind kind) {
    return Links.partition(injection.fault(), kind)
        .directions(injection.cluster().nodes(), injection.nodes(), injection.fault().draw());
  }

  /** Sends the same words to each of the nodes; whether they take them is for the evidence. */
  static CompletionStage<Void> tell(Injection injection, List<String> words) {
    return Waits.all(
            injection.nodes(),
            node ->
                injection
                    .waits()
                    .within(
                        injection.bounds().answer(),
                        String.join(" ", words),
                        () -> injection.cluster().command(node, words))
                    .handle((reply, failure) -> failure == null))
        .thenApply(told -> null);
  }
}
