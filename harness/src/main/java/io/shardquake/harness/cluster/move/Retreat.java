package io.shardquake.harness.cluster.move;

import io.shardquake.harness.cluster.Answers;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.SlotCommands;
import io.shardquake.harness.cluster.plan.SlotMove;

/**
 * What is done about a slot whose move cannot go on: it is finished if nothing is left on the
 * source, taken back if nothing has come to the target, and otherwise left open, with every key
 * reachable.
 *
 * <p>Taking back begins with the target's mark. Without it the target refuses whoever the source
 * still sends there, and also the rest of a MIGRATE that the source has given up; so what it is
 * then seen to hold is final. Only if that is nothing may the source answer for keys that it does
 * not have. Clients that are sent to and fro meanwhile try again.
 */
final class Retreat {
  private final SlotCommands source;
  private final SlotCommands target;

  Retreat(SlotCommands source, SlotCommands target) {
    this.source = source;
    this.target = target;
  }

  /**
   * @return whether the slot is not open any more
   * @throws ClusterException if a node cannot be asked; the slot may stay open
   */
  boolean from(SlotMove move) throws ClusterException, InterruptedException {
    int slot = move.slot();
    if (Answers.await(source.node(), source.count(slot)) == 0) {
      Answers.await(target.node(), target.owner(slot, move.to()));
      Answers.await(source.node(), source.owner(slot, move.to()));
      return true;
    }
    if (Answers.await(target.node(), target.count(slot)) > 0) {
      return false;
    }
    Answers.await(target.node(), target.stable(slot));
    if (Answers.await(target.node(), target.count(slot)) > 0) {
      Answers.await(target.node(), target.importing(slot, move.from()));
      return false;
    }
    Answers.await(source.node(), source.stable(slot));
    return true;
  }
}
