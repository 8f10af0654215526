package io.shardquake.faults.nemesis;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.faults.injector.StandardFaults;
import io.shardquake.faults.plan.DurationText;
import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.faults.plan.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A plan that a nemesis carries out on a fake cluster in virtual time. */
final class Story {
  final VirtualTime time = new VirtualTime();
  final FakeCluster cluster = new FakeCluster(time);
  final List<FaultEvent> events = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private Consumer<FaultEvent> sink = events::add;
  private FaultCatalogue catalogue = StandardFaults.catalogue();

  Story with(String kind, String on, String at, String lasts) {
    faults.add(
        Fault.of(kind, Selector.parse(on), DurationText.parse(at), DurationText.parse(lasts)));
    return this;
  }

  Story with(Fault fault) {
    faults.add(fault);
    return this;
  }

  Story to(Consumer<FaultEvent> sink) {
    this.sink = sink;
    return this;
  }

  Story of(FaultCatalogue catalogue) {
    this.catalogue = catalogue;
    return this;
  }

  Nemesis nemesis() {
    return new PlanNemesis(
        new FaultPlan(faults),
        catalogue,
        cluster,
        time,
        Bounds.DEFAULT,
        event -> sink.accept(event));
  }

  /** Starts, and lets this time pass. */
  Nemesis run(String length) {
    Nemesis nemesis = nemesis();
    nemesis.start();
    time.run(DurationText.parse(length));
    return nemesis;
  }

  /** Heals, within ten minutes of virtual time. */
  HealReport heal(Nemesis nemesis) {
    CompletionStage<HealReport> healed = nemesis.heal();
    time.run(Duration.ofMinutes(10));
    if (!healed.toCompletableFuture().isDone()) {
      throw new AssertionError("the heal has no end; so far " + events);
    }
    return healed.toCompletableFuture().join();
  }

  /** The phases of one fault, in order. */
  List<Phase> phases(int fault) {
    return events.stream().filter(event -> event.fault() == fault).map(FaultEvent::phase).toList();
  }

  /** The only event of this fault in this phase. */
  FaultEvent event(int fault, Phase phase) {
    List<FaultEvent> found =
        events.stream().filter(event -> event.fault() == fault && event.phase() == phase).toList();
    if (found.size() != 1) {
      throw new AssertionError(
          "expected one " + phase + " of fault " + fault + ", but the log is " + events);
    }
    return found.get(0);
  }
}
