package io.shardquake.faults.injector.admin;

import io.shardquake.checkers.history.Value;
import io.shardquake.faults.injector.process.EndedProcess;
import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.nemesis.NodeProcesses.Ending;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.Parameter;
import io.shardquake.faults.plan.Selector.Group;
import io.shardquake.faults.slots.SlotAdministration;
import io.shardquake.faults.slots.SlotTransfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Moves slots, and ends one of those who take part when the first key has gone. */
final class InterruptedReshard implements Injector {
  private static final String VICTIM = "victim";

  /** Long enough for whoever is told of the first key to act before the second one goes. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  static final FaultKind KIND =
      new FaultKind(
          "interrupted-reshard",
          "moves slots, and in the middle ends one of those who take part",
          """
          What everybody fears of resharding: a slot stays open, with some of its keys here and some \
          there. Clients reach all of them by ASK, until one of the two masters is replaced by a \
          replica, which knows nothing of the move: then keys can be out of reach, and are created \
          anew. The specification promises nothing for that. Slots are closed when the fault ends; \
          the copy of a key that is not being served goes into rescue.jsonl.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.CALM),
              new Aim(Group.RANDOM_MASTER, Intensity.CALM).with(VICTIM, "target"),
              new Aim(Group.RANDOM_MASTER, Intensity.CALM).with(VICTIM, "administrator")),
          parameters(),
          List.of(Mechanism.RESHARDING, Mechanism.PROCESSES),
          FaultKind.Use.BY_NAME);

  private final List<String> killed = new ArrayList<>();
  private Optional<SlotTransfer> transfer = Optional.empty();

  private static SortedMap<String, Parameter> parameters() {
    SortedMap<String, Parameter> parameters = new TreeMap<>(Orders.PARAMETERS);
    parameters.remove(Orders.PACE);
    parameters.put(
        VICTIM,
        Parameter.word(
            "who is ended: source, target, administrator",
            "source",
            List.of("source", "target", "administrator")));
    return parameters;
  }

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public Injector forOne() {
    return new InterruptedReshard();
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    String source = injection.nodes().get(0);
    return new Peers(injection)
        .otherMaster(source)
        .thenCompose(
            target ->
                target
                    .map(to -> begin(injection, source, to))
                    .orElseGet(
                        () ->
                            CompletableFuture.failedStage(
                                new IllegalStateException("there is no other master to move to"))));
  }

  private CompletionStage<List<Effect>> begin(Injection injection, String source, String target) {
    SlotAdministration slots =
        injection
            .cluster()
            .slots()
            .orElseThrow(() -> new IllegalStateException("nobody moves slots of this cluster"));
    SlotTransfer.Order order = Orders.of(injection.fault(), KIND, source, target, PAUSE);
    SlotTransfer begun = slots.begin(order);
    transfer = Optional.of(begun);
    return injection
        .waits()
        .within(injection.bounds().ending(), "the first key", begun::begun)
        .thenCompose(first -> interrupt(injection, begun, source, target));
  }

  private CompletionStage<List<Effect>> interrupt(
      Injection injection, SlotTransfer begun, String source, String target) {
    if (begun.progress().keys() == 0) {
      return begun
          .over()
          .thenApply(over -> List.of(Effect.wanting(source, "no key was on its way")));
    }
    String moved = Orders.moved(begun.progress()) + " had gone to " + target;
    String victim = KIND.value(injection.fault(), VICTIM);
    if (victim.equals("administrator")) {
      begun.abandon();
      return CompletableFuture.completedStage(
          List.of(Effect.proven(source, moved + "; nobody goes on").with("to", Value.of(target))));
    }
    String node = victim.equals("source") ? source : target;
    killed.add(node);
    return new EndedProcess(injection)
        .end(node, Ending.KILL)
        .thenApply(
            effect -> {
              begun.abandon();
              return List.of(effect.with("moved", Value.of(moved)));
            });
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    transfer.ifPresent(SlotTransfer::abandon);
    String source = injection.nodes().get(0);
    return Waits.all(killed, new EndedProcess(injection)::bringBack)
        .thenCompose(
            back ->
                new OpenSlots(injection)
                    .close(source)
                    .thenApply(
                        closed -> {
                          List<Effect> all = new ArrayList<>(back);
                          all.add(closed);
                          return List.copyOf(all);
                        }));
  }
}
