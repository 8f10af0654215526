package io.shardquake.node.core.cluster;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.node.core.keyspace.HashSlot;
import java.util.function.LongSupplier;

/** Decides whether the cluster is up, as this node sees it. */
final class ClusterHealth {
  private static final long WRITABLE_DELAY_MILLIS = 2000;
  private static final long LEAST_REJOIN_MILLIS = 500;
  private static final long MOST_REJOIN_MILLIS = 5000;

  private final ClusterState state;
  private final Outbox outbox;
  private final LongSupplier now;
  private long firstEvaluation = -1;
  private long lastInMinority = Long.MIN_VALUE / 2;

  ClusterHealth(ClusterState state, Outbox outbox, LongSupplier now) {
    this.state = state;
    this.outbox = outbox;
    this.now = now;
  }

  /** Looks at slots and masters and sets the state. */
  void evaluate() {
    long time = now.getAsLong();
    if (firstEvaluation < 0) {
      firstEvaluation = time;
    }
    boolean hesitant = state.myself().isMaster() && !state.has(Defect.WRITE_AT_ONCE);
    // A master that restarts gives its peers time to tell it that it was replaced.
    if (hesitant && !state.isOk() && time - firstEvaluation < WRITABLE_DELAY_MILLIS) {
      return;
    }
    boolean ok = !state.configuration().yes("cluster-require-full-coverage") || isCovered();
    int size = 0;
    int reachable = 0;
    for (ClusterNode node : state.nodes().values()) {
      if (node.isVoter()) {
        size++;
        reachable += node.isFailing() ? 0 : 1;
      }
    }
    state.size(size);
    if (reachable < state.quorum() && !state.has(Defect.SERVE_IN_MINORITY)) {
      ok = false;
      lastInMinority = time;
    }
    if (ok == state.isOk()) {
      return;
    }
    long rejoin = Math.min(Math.max(state.nodeTimeout(), LEAST_REJOIN_MILLIS), MOST_REJOIN_MILLIS);
    if (ok && hesitant && time - lastInMinority < rejoin) {
      return;
    }
    state.ok(ok);
    outbox.log(Effect.Level.NOTICE, "Cluster state changed: " + (ok ? "ok" : "fail"));
  }

  private boolean isCovered() {
    int covered = 0;
    for (ClusterNode owner : state.nodes().values()) {
      covered += owner.is(NodeFlag.FAIL) ? 0 : owner.slots().count();
    }
    return covered == HashSlot.COUNT;
  }
}
