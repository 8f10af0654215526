package io.shardquake.harness.sim.invariant;

import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.node.core.cluster.ClusterInsight;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which master has claimed which slot in which epoch.
 *
 * <p>Who moves a slot raises an epoch without asking anybody, so that a slot that is moved while
 * its owner is being replaced may be claimed twice in one epoch; the specification resolves that
 * afterwards. Where slots are moved this is therefore not looked at.
 */
final class Claims {
  private final boolean looking;
  private final Map<Long, @Nullable String[]> owners = new TreeMap<>();

  Claims(FaultPlan plan) {
    this.looking = plan.faults().stream().noneMatch(fault -> fault.kind().contains("reshard"));
  }

  /** Takes note of a master's claims; what is wrong if another one claims the same. */
  Optional<String> conflict(ClusterInsight claimant) {
    if (!looking || claimant.slotCount() == 0) {
      return Optional.empty();
    }
    @Nullable String[] inEpoch =
        owners.computeIfAbsent(claimant.configEpoch(), epoch -> new String[SlotRange.SLOTS]);
    String id = claimant.id();
    for (int slot = 0; slot < SlotRange.SLOTS; slot++) {
      if (!claimant.owns(slot)) {
        continue;
      }
      String former = inEpoch[slot];
      if (former != null && !former.equals(id)) {
        return Optional.of(
            "slot "
                + slot
                + " is claimed by "
                + id
                + " in epoch "
                + claimant.configEpoch()
                + ", as it was by "
                + former);
      }
      inEpoch[slot] = id;
    }
    return Optional.empty();
  }
}
