package io.shardquake.faults.nemesis;

import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.history.Value;
import io.shardquake.faults.ClusterControl;
import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.FaultKind.Length;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One fault from the moment at which it fires to the moment at which it has been healed.
 *
 * <pre>
 *  resolve ── INJECT ── BIT or MISSED ── (its duration) ── HEAL ── HEALED or HEAL_FAILED
 *     └─ MISSED, if nobody fits
 * </pre>
 */
final class LiveFault {
  private final int number;
  private final Fault fault;
  private final Injector injector;
  private final FaultJournal journal;
  private final Surroundings surroundings;
  private final CompletableFuture<Void> ending = new CompletableFuture<>();

  /** What all faults of a run share. */
  record Surroundings(
      ClusterControl cluster,
      NodeProcesses processes,
      NetworkFaults network,
      NodeSettings settings,
      NodeShims shims,
      SelectorResolver resolver,
      Waits waits,
      Bounds bounds) {}

  LiveFault(
      int number, Fault fault, Injector injector, FaultJournal journal, Surroundings surroundings) {
    this.number = number;
    this.fault = fault;
    this.injector = injector.forOne();
    this.journal = journal;
    this.surroundings = surroundings;
  }

  /** Lets it happen. Completes when the fault has been healed, or has failed to be; never fails. */
  CompletionStage<Void> run() {
    return CompletableFuture.completedStage(fault)
        .thenCompose(surroundings.resolver()::resolve)
        .thenCompose(this::strike)
        .exceptionally(
            failure -> {
              journal.record(Phase.MISSED, List.of(), Reason.of(failure));
              return null;
            });
  }

  /** Ends it as soon as possible. */
  void end() {
    ending.complete(null);
  }

  private CompletionStage<Void> strike(List<String> nodes) {
    if (nodes.isEmpty()) {
      journal.record(Phase.MISSED, nodes, "nobody is " + fault.on() + " at the moment");
      return CompletableFuture.completedStage(null);
    }
    Injection injection =
        new Injection(
            number,
            fault,
            nodes,
            surroundings.cluster(),
            surroundings.processes(),
            surroundings.network(),
            surroundings.settings(),
            surroundings.shims(),
            surroundings.waits(),
            surroundings.bounds(),
            ending);
    journal.record(Phase.INJECT, nodes, fault.describe(), described());
    CompletionStage<Void> over = injection.pass(length());
    return attempt(Phase.BIT, Phase.MISSED, nodes, () -> injector.inject(injection))
        .thenCompose(injected -> over)
        .thenCompose(
            passed -> {
              journal.record(Phase.HEAL, nodes, "the end of " + fault.describe());
              return attempt(
                  Phase.HEALED, Phase.HEAL_FAILED, nodes, () -> injector.heal(injection));
            });
  }

  /** One after the other takes its own time inside the injection. */
  private Duration length() {
    return injector.kind().length() == Length.TOGETHER ? fault.duration() : Duration.ZERO;
  }

  private interface Step {
    CompletionStage<List<Effect>> take();
  }

  private CompletionStage<Void> attempt(Phase good, Phase bad, List<String> nodes, Step step) {
    CompletionStage<List<Effect>> taken;
    try {
      taken = step.take();
    } catch (RuntimeException failure) {
      taken = CompletableFuture.failedStage(failure);
    }
    return taken.handle(
        (effects, failure) -> {
          if (failure == null) {
            journal.record(good, bad, effects);
          } else {
            journal.record(bad, nodes, Reason.of(failure));
          }
          return null;
        });
  }

  private Map<String, Value> described() {
    Map<String, Value> data = new LinkedHashMap<>();
    data.put("on", Value.of(fault.on().toString()));
    data.put("at", Value.of(fault.at().toNanos()));
    data.put("for", Value.of(fault.duration().toNanos()));
    data.put("draw", Value.of(fault.draw()));
    fault.parameters().forEach((name, value) -> data.put("with." + name, Value.of(value)));
    return data;
  }
}
