package io.shardquake.faults.injector.admin;

import io.shardquake.checkers.history.Value;
import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.Selector.Group;
import io.shardquake.faults.slots.SlotAdministration;
import io.shardquake.faults.slots.SlotTransfer;
import io.shardquake.faults.slots.SlotTransfer.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Moves slots of masters to others while clients use them. */
final class Reshard implements Injector {
  static final FaultKind KIND =
      new FaultKind(
          "reshard",
          "moves slots of a master to another one while clients use them",
          """
          Clients are redirected, by ASK while a slot moves and by MOVED afterwards, and commands on \
          several keys of a slot that moves may have to be tried again. No acknowledged write may be \
          lost and none be done twice, as long as both masters live. If one of them is replaced \
          meanwhile, keys that had just arrived there may be lost with it; slots that are left open \
          are closed when the fault ends.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.CALM),
              new Aim(Group.RANDOM_MASTER, Intensity.CALM).with(Orders.PACE, "slow"),
              new Aim(Group.RANDOM_MASTER, Intensity.NORMAL).with(Orders.SLOTS, "500")),
          Orders.PARAMETERS,
          List.of(Mechanism.RESHARDING),
          FaultKind.Use.ANY);

  /** By source. */
  private final Map<String, SlotTransfer> transfers = new TreeMap<>();

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public Injector forOne() {
    return new Reshard();
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    Optional<SlotAdministration> slots = injection.cluster().slots();
    if (slots.isEmpty()) {
      return CompletableFuture.failedStage(
          new IllegalStateException("nobody moves slots of this cluster"));
    }
    return Waits.all(injection.nodes(), node -> begin(injection, slots.get(), node));
  }

  private CompletionStage<Effect> begin(
      Injection injection, SlotAdministration slots, String source) {
    return new Peers(injection)
        .otherMaster(source)
        .thenCompose(
            target ->
                target
                    .map(to -> begin(injection, slots, source, to))
                    .orElseGet(
                        () ->
                            CompletableFuture.completedStage(
                                Effect.wanting(source, "there is no other master to move to"))));
  }

  private CompletionStage<Effect> begin(
      Injection injection, SlotAdministration slots, String source, String target) {
    SlotTransfer transfer = slots.begin(Orders.of(injection.fault(), KIND, source, target));
    transfers.put(source, transfer);
    return injection
        .waits()
        .within(injection.bounds().ending(), "the first slot", transfer::begun)
        .thenCompose(begun -> effect(source, target, transfer))
        .exceptionally(failure -> Effect.wanting(source, failure));
  }

  private static CompletionStage<Effect> effect(
      String source, String target, SlotTransfer transfer) {
    Progress progress = transfer.progress();
    if (progress.slots() == 0 && progress.keys() == 0) {
      return transfer.over().thenApply(over -> Effect.wanting(source, "there was nothing to move"));
    }
    return CompletableFuture.completedStage(
        Effect.proven(source, Orders.moved(progress) + " so far have gone to " + target)
            .with("to", Value.of(target)));
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return Waits.all(injection.nodes(), node -> end(injection, node));
  }

  private CompletionStage<Effect> end(Injection injection, String source) {
    SlotTransfer transfer = transfers.get(source);
    if (transfer == null) {
      return CompletableFuture.completedStage(Effect.proven(source, "no slot was touched"));
    }
    transfer.stop();
    return injection
        .waits()
        .within(injection.bounds().healing(), "the last slot", transfer::over)
        .thenApply(done -> Effect.proven(source, Orders.moved(done) + " have moved, none is open"))
        .exceptionallyCompose(
            failure -> {
              transfer.abandon();
              return new OpenSlots(injection).close(source);
            });
  }
}
