package io.shardquake.node.core.cluster;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;

/** How epochs rise (Redis Cluster specification, "Configuration epoch"). */
final class ConfigEpochs {
  private final ClusterState state;
  private final Outbox outbox;

  ConfigEpochs(ClusterState state, Outbox outbox) {
    this.state = state;
    this.outbox = outbox;
  }

  /** Takes over what a known sender knows. */
  void seen(ClusterNode sender, long currentEpoch, long configEpoch) {
    state.currentEpoch = Math.max(state.currentEpoch, currentEpoch);
    if (configEpoch > sender.configEpoch()) {
      sender.configEpoch(configEpoch);
      state.wantSync();
    }
  }

  /**
   * Gives this node the greatest epoch of all without asking anybody, unless it has it already.
   *
   * @return whether it rose
   */
  boolean bump() {
    ClusterNode me = state.myself();
    long greatest = state.currentEpoch;
    for (ClusterNode node : state.nodes().values()) {
      greatest = Math.max(greatest, node.configEpoch());
    }
    if (me.configEpoch() != 0 && me.configEpoch() == greatest) {
      return false;
    }
    state.currentEpoch++;
    me.configEpoch(state.currentEpoch);
    state.wantSync();
    outbox.log(
        Effect.Level.WARNING, "New configEpoch set to " + me.configEpoch() + " without consensus");
    return true;
  }

  /** Another master claims the same epoch: the one with the smaller ID takes a new one. */
  void resolveCollision(ClusterNode sender) {
    ClusterNode me = state.myself();
    boolean collides =
        sender.isMaster() && me.isMaster() && sender.configEpoch() == me.configEpoch();
    if (!collides || sender.id().compareTo(me.id()) <= 0) {
      return;
    }
    state.currentEpoch++;
    me.configEpoch(state.currentEpoch);
    state.wantSync();
    outbox.log(
        Effect.Level.VERBOSE,
        "WARNING: configEpoch collision with node "
            + sender.id()
            + ". configEpoch set to "
            + me.configEpoch());
  }
}
