package io.shardquake.harness.cluster.move;

import io.shardquake.harness.cluster.Answers;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.Failures;
import io.shardquake.harness.cluster.SlotCommands;
import io.shardquake.harness.cluster.plan.SlotMove;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves slots from one master to another while clients use them.
 *
 * <p>For each slot, in this order:
 *
 * <ol>
 *   <li>the target marks the slot as importing, then the source marks it as migrating: from now on
 *       the source serves the keys that it has and sends clients with ASK to the target for all
 *       others, so that every key is served by exactly one of them, and none can be created on the
 *       source any more;
 *   <li>MIGRATE, until the source has no key left, and, by the rule above, can get none;
 *   <li>the target takes ownership, which raises its epoch and so wins everywhere; then the source
 *       and the other masters are told, which they would learn by gossip, too.
 * </ol>
 *
 * <p>Interrupted before the third step, the slot stays open on both sides and every key reachable;
 * the same three steps finish it. A node never gets a slot away from one that still has keys of it:
 * Redis would delete them.
 *
 * <p>Slots are taken in groups: marks and ownership of a whole group cost about what those of one
 * slot cost, because a server writes its {@code nodes.conf} once for all commands that come
 * together.
 */
public final class SlotMover {
  private static final Logger LOG = LoggerFactory.getLogger(SlotMover.class);
  private static final int GROUP_SLOTS = 32;
  private static final long GROUP_KEYS = 20_000;

  private final Map<String, SlotCommands> masters;
  private final MoveSettings settings;
  private final Conflicts conflicts;
  private final MoveProgress progress;

  /**
   * @param masters all masters by identifier
   */
  public SlotMover(
      Map<String, SlotCommands> masters,
      MoveSettings settings,
      Conflicts conflicts,
      MoveProgress progress) {
    this.masters = masters;
    this.settings = settings;
    this.conflicts = conflicts;
    this.progress = progress;
  }

  /**
   * Divides moves between one pair of masters into groups that are moved together: so few keys that
   * a group is done soon after somebody asks to stop.
   */
  public List<List<SlotMove>> groups(List<SlotMove> moves)
      throws ClusterException, InterruptedException {
    SlotCommands source = master(moves.get(0).from());
    List<Long> counts =
        Answers.awaitAll(
            source.node(), moves.stream().map(move -> source.count(move.slot())).toList());
    List<List<SlotMove>> groups = new ArrayList<>();
    List<SlotMove> group = new ArrayList<>();
    long keys = 0;
    for (int i = 0; i < moves.size(); i++) {
      boolean full = group.size() == GROUP_SLOTS || keys + counts.get(i) > GROUP_KEYS;
      if (full && !group.isEmpty()) {
        groups.add(List.copyOf(group));
        group.clear();
        keys = 0;
      }
      group.add(moves.get(i));
      keys += counts.get(i);
    }
    groups.add(List.copyOf(group));
    return groups;
  }

  /**
   * Moves a group of slots, all between the same two masters.
   *
   * @throws ClusterException if it cannot be finished; slots of which keys are on both nodes stay
   *     open, all others are closed, and every key is reachable
   */
  public void move(List<SlotMove> group) throws ClusterException, InterruptedException {
    SlotCommands source = master(group.get(0).from());
    SlotCommands target = master(group.get(0).to());
    try {
      open(group, source, target);
      finish(group, source, target);
    } catch (ClusterException e) {
      retreat(group, new Retreat(source, target), e);
      throw e;
    }
  }

  private static void retreat(List<SlotMove> group, Retreat retreat, ClusterException reason)
      throws InterruptedException {
    try {
      for (SlotMove move : group) {
        if (!retreat.from(move)) {
          LOG.debug("slot {} stays open: {}", move.slot(), reason.getMessage());
        }
      }
    } catch (ClusterException e) {
      reason.addSuppressed(e);
    }
  }

  /**
   * Brings the keys of a slot from a master that does not own it, but has it marked, to one that
   * takes them, without any change of ownership.
   */
  public void bring(int slot, SlotCommands holder, SlotCommands to)
      throws ClusterException, InterruptedException {
    new KeyTransfer(holder, to, settings, conflicts, progress).run(List.of(slot));
  }

  private static void open(List<SlotMove> group, SlotCommands source, SlotCommands target)
      throws ClusterException, InterruptedException {
    all(target, group, move -> target.importing(move.slot(), move.from()));
    all(source, group, move -> source.migrating(move.slot(), move.to()));
  }

  private void finish(List<SlotMove> group, SlotCommands source, SlotCommands target)
      throws ClusterException, InterruptedException {
    List<Integer> slots = group.stream().map(SlotMove::slot).toList();
    new KeyTransfer(source, target, settings, conflicts, progress).run(slots);
    all(target, group, move -> target.owner(move.slot(), move.to()));
    tell(List.of(source), group);
    tell(others(source, target), group);
    progress.slots(group.size());
  }

  private Collection<SlotCommands> others(SlotCommands source, SlotCommands target) {
    return masters.values().stream().filter(node -> node != source && node != target).toList();
  }

  /**
   * A node that cannot be told learns it by gossip. The source may even refuse: it becomes a
   * replica of the target when it has lost its last slot.
   */
  private static void tell(Collection<SlotCommands> nodes, List<SlotMove> group)
      throws InterruptedException {
    List<CompletableFuture<String>> pending =
        nodes.stream()
            .flatMap(node -> group.stream().map(move -> node.owner(move.slot(), move.to())))
            .toList();
    for (CompletableFuture<String> answer : pending) {
      try {
        answer.get();
      } catch (ExecutionException e) {
        LOG.debug("not told of a new owner: {}", Failures.reason(e));
      }
    }
  }

  private static void all(
      SlotCommands node,
      List<SlotMove> group,
      Function<SlotMove, CompletableFuture<String>> request)
      throws ClusterException, InterruptedException {
    Answers.awaitAll(node.node(), group.stream().map(request).toList());
  }

  private SlotCommands master(String id) throws ClusterException {
    SlotCommands master = masters.get(id);
    if (master == null) {
      throw new ClusterException("node " + id + " is no master that can be reached");
    }
    return master;
  }
}
