package io.shardquake.node.core.cluster;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.defect.Defect;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Moves a spare replica to a master that has lost its last one ("Replica migration algorithm"). */
final class ReplicaMigration {
  private static final long DELAY_MILLIS = 5000;

  private final ClusterState state;
  private final Roles roles;
  private final Outbox outbox;
  private final LongSupplier now;

  ReplicaMigration(ClusterState state, Roles roles, Outbox outbox, LongSupplier now) {
    this.state = state;
    this.roles = roles;
    this.outbox = outbox;
    this.now = now;
  }

  /** Run by every tick; moves this node if it is the one to move. */
  void step() {
    ClusterNode me = state.myself();
    ClusterNode master = me.master().orElse(null);
    if (me.isMaster() || master == null) {
      return;
    }
    int most = 0;
    for (ClusterNode node : state.nodes().values()) {
      if (node.isMaster() && !node.is(NodeFlag.FAIL)) {
        noteOrphan(node);
        most = Math.max(most, node.workingReplicas());
      }
    }
    if (!state.isOk()
        || !state.configuration().yes("cluster-allow-replica-migration")
        || !canSpare(master, most)
        || firstCandidate(most).orElse(null) != me) {
      return;
    }
    orphan()
        .filter(target -> now.getAsLong() - target.orphanedSince > DELAY_MILLIS)
        .ifPresent(
            target -> {
              outbox.log(Effect.Level.WARNING, "Migrating to orphaned master " + target.id());
              roles.becomeReplicaOf(target, false);
            });
  }

  private boolean canSpare(ClusterNode master, int most) {
    long barrier = state.configuration().number("cluster-migration-barrier");
    return state.has(Defect.MIGRATE_REPLICAS_IN_CIRCLES)
        || (most >= 2 && master.workingReplicas() == most && healthySiblings(master) > barrier);
  }

  private void noteOrphan(ClusterNode node) {
    boolean orphaned = node.is(NodeFlag.MIGRATE_TO) && node.workingReplicas() == 0;
    if (!orphaned) {
      node.orphanedSince = 0;
    } else if (node.orphanedSince == 0) {
      node.orphanedSince = now.getAsLong();
    }
  }

  private Optional<ClusterNode> orphan() {
    return state.nodes().values().stream()
        .filter(node -> node.isVoter() && !node.is(NodeFlag.FAIL) && node.orphanedSince != 0)
        .findFirst();
  }

  private static long healthySiblings(ClusterNode master) {
    return master.replicas().values().stream().filter(node -> !node.isFailing()).count();
  }

  /** The replica with the smallest ID among those whose master has the most. */
  private Optional<ClusterNode> firstCandidate(int most) {
    return state.nodes().values().stream()
        .filter(node -> node.isMaster() && node.workingReplicas() == most)
        .flatMap(node -> node.replicas().values().stream())
        .filter(node -> !node.is(NodeFlag.FAIL))
        .min((a, b) -> a.id().compareTo(b.id()));
  }
}
