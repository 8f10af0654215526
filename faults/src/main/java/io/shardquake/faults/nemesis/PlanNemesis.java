package io.shardquake.faults.nemesis;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.faults.ClusterControl;
import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.faults.plan.Mechanism;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Carries out a fault plan. It has no thread and no clock of its own: everything happens on the
 * injected scheduler, so that it serves a live run and a simulated one alike. It draws no random
 * number: each fault of the plan brings the number that its selector draws with.
 *
 * <p>What happens is told to a sink, on the scheduler's thread, in the order in which it happens.
 */
public final class PlanNemesis implements Nemesis {
  /** The number of what belongs to no fault of the plan. */
  private static final int NO_FAULT = -1;

  private final FaultCatalogue catalogue;
  private final ClusterControl cluster;
  private final Scheduler scheduler;
  private final Bounds bounds;
  private final Consumer<FaultEvent> sink;
  private final Waits waits;
  private final NodeProcesses processes;
  private final NetworkFaults network;
  private final NodeSettings settings;
  private final NodeShims shims;
  private final SelectorResolver resolver;

  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private final CompletableFuture<HealReport> healed = new CompletableFuture<>();
  private final AtomicBoolean healing = new AtomicBoolean();

  /** All faults, those of the plan first; confined, as all below, to the scheduler's thread. */
  private final List<Fault> faults;

  private Optional<Long> begun = Optional.empty();
  private boolean slotsMayBeOpen;

  /** Faults that have not ended, by number. */
  private final SortedMap<Integer, Entry> entries = new TreeMap<>();

  /**
   * @param sink is told what happens; what it throws is logged and changes nothing
   */
  public PlanNemesis(
      FaultPlan plan,
      FaultCatalogue catalogue,
      ClusterControl cluster,
      Scheduler scheduler,
      Bounds bounds,
      Consumer<FaultEvent> sink) {
    this.faults = new ArrayList<>(plan.faults());
    this.catalogue = catalogue;
    this.cluster = cluster;
    this.scheduler = scheduler;
    this.bounds = bounds;
    this.sink =
        event -> {
          slotsMayBeOpen |= event.phase() == Phase.INJECT && movesSlots(event.kind());
          sink.accept(event);
        };
    this.waits = new Waits(scheduler);
    this.processes = new NodeProcesses(cluster, waits, bounds);
    this.network = new NetworkFaults(cluster, waits, bounds);
    this.settings = new NodeSettings(cluster, waits, bounds);
    this.shims = new NodeShims(cluster);
    this.resolver = new SelectorResolver(cluster, waits, bounds);
  }

  /** A fault that waits for its time, and then lives. */
  private static final class Entry {
    final LiveFault live;
    final Scheduler.Handle firing;
    Optional<CompletionStage<Void>> running = Optional.empty();

    Entry(LiveFault live, Scheduler.Handle firing) {
      this.live = live;
      this.firing = firing;
    }
  }

  @Override
  public CompletionStage<Void> start() {
    long start = scheduler.nowNanos();
    scheduler.soon(() -> begin(start));
    return finished.minimalCompletionStage();
  }

  @Override
  public CompletionStage<HealReport> heal() {
    if (healing.compareAndSet(false, true)) {
      scheduler.soon(this::endAll);
    }
    return healed.minimalCompletionStage();
  }

  private void begin(long start) {
    if (healing.get()) {
      return;
    }
    begun = Optional.of(start);
    // So that nodes are known by their ids before the first one can no longer tell.
    resolver.picture();
    for (int number = 0; number < faults.size(); number++) {
      enter(number, faults.get(number), start);
    }
    finishIfOver();
  }

  /**
   * Adds a fault that no plan told of. It fires at its time, or at once where that has passed; its
   * number is the next one. Begun and not healing yet: else it is left out, and the log says so.
   */
  public void add(Fault fault) {
    scheduler.soon(
        () -> {
          int number = faults.size();
          faults.add(fault);
          if (begun.isPresent() && !healing.get()) {
            enter(number, fault, begun.get());
          } else {
            journal(number, fault.kind())
                .record(Phase.SKIPPED, List.of(), "there is no traffic to be disturbed");
          }
        });
  }

  /** Ends every fault that is going on; those whose time has not come still wait for it. */
  public void endFaults() {
    scheduler.soon(
        () ->
            entries.values().stream()
                .filter(entry -> entry.running.isPresent())
                .forEach(entry -> entry.live.end()));
  }

  private void enter(int number, Fault fault, long start) {
    FaultJournal journal = journal(number, fault.kind());
    Optional<String> missing =
        catalogue
            .injector(fault.kind())
            .map(injector -> cluster.capabilities().missingFor(injector.kind()))
            .orElse(Optional.of("this build knows no such kind of fault"));
    missing.ifPresentOrElse(
        what -> journal.record(Phase.SKIPPED, List.of(), what),
        () -> {
          Injector injector = catalogue.injector(fault.kind()).orElseThrow();
          LiveFault live =
              new LiveFault(
                  number,
                  fault,
                  injector,
                  journal,
                  new LiveFault.Surroundings(
                      cluster, processes, network, settings, shims, resolver, waits, bounds));
          long time = start + fault.at().toNanos();
          entries.put(number, new Entry(live, scheduler.at(time, () -> fire(number))));
        });
  }

  private void fire(int number) {
    Entry entry = entries.get(number);
    entry.running =
        Optional.of(
            entry
                .live
                .run()
                .thenRun(
                    () -> {
                      entries.remove(number);
                      finishIfOver();
                    }));
  }

  private void finishIfOver() {
    if (entries.isEmpty()) {
      finished.complete(null);
    }
  }

  private void endAll() {
    List<CompletionStage<Void>> running = new ArrayList<>();
    for (int number : List.copyOf(entries.keySet())) {
      Entry entry = entries.get(number);
      if (entry.running.isPresent()) {
        running.add(entry.running.get());
        entry.live.end();
      } else {
        entry.firing.cancel();
        entries.remove(number);
        journal(number, faults.get(number).kind())
            .record(Phase.SKIPPED, List.of(), "the run ended before its time came");
      }
    }
    Waits.all(running, stage -> stage)
        .thenCompose(
            ended -> {
              shims.endAll();
              return network.endAll();
            })
        .exceptionally(
            failure -> {
              journal(NO_FAULT, "heal")
                  .record(Phase.HEAL_FAILED, cluster.nodes(), Reason.of(failure));
              return null;
            })
        .thenCompose(repaired -> restoreAll())
        .thenCompose(this::setBack)
        .thenCompose(this::closeSlots)
        .whenComplete(
            (report, failure) -> {
              finished.complete(null);
              healed.complete(failure == null ? report : failedReport(failure));
            });
  }

  private CompletionStage<HealReport> restoreAll() {
    FaultJournal journal = journal(NO_FAULT, "heal");
    journal.record(Phase.HEAL, cluster.nodes(), "make every node run and answer");
    return Waits.all(cluster.nodes(), this::restore)
        .thenApply(
            effects -> {
              journal.record(Phase.HEALED, Phase.HEAL_FAILED, effects);
              SortedMap<String, String> failures = new TreeMap<>();
              effects.stream()
                  .filter(effect -> !effect.proven())
                  .forEach(effect -> failures.put(effect.node(), effect.detail()));
              return new HealReport(failures);
            });
  }

  /** After the nodes have been started: a node that is down cannot be told. */
  private CompletionStage<HealReport> setBack(HealReport report) {
    return settings
        .endAll()
        .handle(
            (done, failure) -> {
              if (failure != null) {
                journal(NO_FAULT, "heal")
                    .record(Phase.HEAL_FAILED, cluster.nodes(), Reason.of(failure));
              }
              return report;
            });
  }

  private boolean movesSlots(String kind) {
    return catalogue
        .injector(kind)
        .filter(injector -> injector.kind().needs().contains(Mechanism.RESHARDING))
        .isPresent();
  }

  /**
   * What a fault could not close while others were going on can be closed now, and so can what it
   * did not see, since only a node that was down knew of it.
   */
  private CompletionStage<HealReport> closeSlots(HealReport report) {
    if (!slotsMayBeOpen || cluster.slots().isEmpty()) {
      return CompletableFuture.completedStage(report);
    }
    FaultJournal journal = journal(NO_FAULT, "heal");
    journal.record(Phase.HEAL, cluster.nodes(), "close the slots that are still open");
    return waits
        .within(
            bounds.healing().multipliedBy(2),
            "closing open slots",
            () -> cluster.slots().get().closeOpen())
        .handle(
            (closed, failure) -> {
              if (failure == null) {
                journal.record(Phase.HEALED, cluster.nodes(), closed);
              } else {
                journal.record(Phase.HEAL_FAILED, cluster.nodes(), Reason.of(failure));
              }
              return report;
            });
  }

  private CompletionStage<Effect> restore(String node) {
    return CompletableFuture.completedStage(node)
        .thenCompose(name -> restore(cluster.status(name)))
        .exceptionally(failure -> Effect.wanting(node, failure));
  }

  private CompletionStage<Effect> restore(NodeStatus found) {
    String node = found.name();
    String story =
        switch (found.state()) {
          case RUNNING -> "";
          case PAUSED -> "was found paused; ";
          case DEAD -> "was found dead, which no fault wanted; ";
        };
    return new Recovery(processes, new Probe(cluster, waits, bounds), waits, bounds)
        .of(node, () -> processes.restore(node))
        .thenApply(effect -> effect.preceded(story));
  }

  private HealReport failedReport(Throwable failure) {
    SortedMap<String, String> failures = new TreeMap<>();
    cluster.nodes().forEach(node -> failures.put(node, Reason.of(failure)));
    return new HealReport(failures);
  }

  private FaultJournal journal(int fault, String kind) {
    return new FaultJournal(fault, kind, waits, sink);
  }
}
