package io.shardquake.harness.cluster.fix;

import io.shardquake.harness.cluster.Answers;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.NodeConnection;
import io.shardquake.harness.cluster.SlotCommands;
import io.shardquake.harness.cluster.move.Conflicts;
import io.shardquake.harness.cluster.move.MoveProgress;
import io.shardquake.harness.cluster.move.MoveSettings;
import io.shardquake.harness.cluster.move.SlotMover;
import io.shardquake.harness.cluster.plan.SlotMove;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Carries out a {@link SlotRepair}. Used by one thread. */
final class SlotRepairer {
  private final Map<String, SlotCommands> masters;
  private final MoveSettings settings;
  private final RescueFile rescue;
  private final MoveProgress progress;

  /**
   * @param masters all masters that can be reached, by identifier
   */
  SlotRepairer(
      Map<String, SlotCommands> masters,
      MoveSettings settings,
      RescueFile rescue,
      MoveProgress progress) {
    this.masters = masters;
    this.settings = settings;
    this.rescue = rescue;
    this.progress = progress;
  }

  /**
   * @param situation that the repair was decided on
   * @throws ClusterException if a step fails; every key is then at least where it was
   */
  void perform(SlotRepair repair, SlotSituation situation)
      throws ClusterException, InterruptedException {
    int slot = repair.slot();
    for (String loser : repair.disown()) {
      disown(slot, loser, repair.owner());
    }
    if (repair.adopt()) {
      adopt(repair, situation);
    } else if (repair.target().isEmpty()
        && situation.masters().get(repair.owner()).migratingTo().isPresent()) {
      await(repair.owner(), masters.get(repair.owner()).stable(slot));
    }
    if (repair.target().isPresent()) {
      // Both marks before anything is gathered: from here on each key has one place.
      String target = repair.target().get();
      await(target, masters.get(target).importing(slot, repair.owner()));
      await(repair.owner(), masters.get(repair.owner()).migrating(slot, target));
    }
    String gathering = repair.target().orElse(repair.owner());
    for (String holder : repair.gather()) {
      boolean misled =
          !situation.masters().get(holder).believes().equals(Optional.of(repair.owner()));
      gather(slot, holder, gathering, repair.owner(), misled);
    }
    if (repair.target().isPresent()) {
      Conflicts conflicts = new RescueConflicts(rescue, RescueConflicts.Served.BY_SOURCE);
      new SlotMover(masters, settings, conflicts, progress)
          .move(List.of(new SlotMove(slot, repair.owner(), repair.target().get())));
    }
    for (String marked : repair.clear()) {
      await(marked, masters.get(marked).stable(slot));
    }
  }

  private void gather(int slot, String holder, String to, String owner, boolean misled)
      throws ClusterException, InterruptedException {
    SlotCommands source = masters.get(holder);
    // Without a mark the holder would refuse MIGRATE and answer MOVED.
    await(holder, source.importing(slot, owner));
    if (misled) {
      // A node does not learn by gossip who owns a slot that it has marked as coming: one that was
      // to get the slot from a master that is dead now would take the cluster for down for ever.
      await(holder, source.owner(slot, owner));
    }
    Conflicts conflicts = new RescueConflicts(rescue, RescueConflicts.Served.BY_TARGET);
    new SlotMover(masters, settings, conflicts, progress).bring(slot, source, masters.get(to));
  }

  /** In one step, so that the loser's keys are never taken for those of a slot that it lost. */
  private void disown(int slot, String loser, String owner)
      throws ClusterException, InterruptedException {
    String number = Integer.toString(slot);
    transaction(
        loser,
        List.of(List.of("DELSLOTS", number), List.of("SETSLOT", number, "IMPORTING", owner)));
  }

  private void adopt(SlotRepair repair, SlotSituation situation)
      throws ClusterException, InterruptedException {
    String number = Integer.toString(repair.slot());
    List<List<String>> steps = new ArrayList<>();
    if (situation.masters().get(repair.owner()).believes().isPresent()) {
      steps.add(List.of("DELSLOTS", number));
    }
    steps.add(List.of("ADDSLOTS", number));
    Optional<String> target = repair.target();
    if (target.isPresent()) {
      await(target.get(), masters.get(target.get()).importing(repair.slot(), repair.owner()));
      steps.add(List.of("SETSLOT", number, "MIGRATING", target.get()));
    }
    // A higher epoch wins over whatever other nodes believe.
    steps.add(List.of("BUMPEPOCH"));
    transaction(repair.owner(), steps);
  }

  private void transaction(String id, List<List<String>> steps)
      throws ClusterException, InterruptedException {
    NodeConnection node = masters.get(id).node();
    await(id, node.transaction("CLUSTER", steps));
  }

  private <T> T await(String id, CompletableFuture<T> answer)
      throws ClusterException, InterruptedException {
    return Answers.await(masters.get(id).node(), answer);
  }
}
