package io.shardquake.faults.nemesis;

import io.shardquake.faults.ClusterControl;
import io.shardquake.faults.network.Damage;
import io.shardquake.faults.network.Direction;
import io.shardquake.faults.network.Imposition;
import io.shardquake.faults.network.Network;
import io.shardquake.faults.network.Traffic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What faults let go wrong in the network, and what came of it. Damages of faults that overlap add
 * up; each ends with its own fault, and all of them with the run. To be called on the scheduler's
 * thread.
 */
public final class NetworkFaults {
  private final ClusterControl cluster;
  private final Waits waits;
  private final Bounds bounds;
  private final Map<Integer, Lasting> lasting = new TreeMap<>();

  /** A damage from its beginning on. */
  private record Lasting(Damage damage, Imposition imposition, List<Traffic> before) {}

  NetworkFaults(ClusterControl cluster, Waits waits, Bounds bounds) {
    this.cluster = cluster;
    this.waits = waits;
    this.bounds = bounds;
  }

  /**
   * Begins; completes when every connection obeys. Fails if the cluster's network cannot be made to
   * go wrong.
   */
  public CompletionStage<Void> begin(int fault, Damage damage) {
    Optional<Network> network = cluster.network();
    if (network.isEmpty()) {
      return CompletableFuture.failedStage(
          new IllegalStateException("the cluster was started without a link proxy"));
    }
    List<Traffic> before = damage.where().stream().map(network.get()::traffic).toList();
    Imposition imposition = damage.to(network.get());
    lasting.put(fault, new Lasting(damage, imposition, before));
    return waits.within(bounds.ending(), "to impair the network", imposition::inForce);
  }

  /** What has come, since the fault began, of what it concerns and this node sends or receives. */
  public Traffic since(int fault, String node) {
    Optional<Network> network = cluster.network();
    Lasting begun = lasting.get(fault);
    Traffic sum = Traffic.NONE;
    if (begun == null || network.isEmpty()) {
      return sum;
    }
    for (int i = 0; i < begun.damage().where().size(); i++) {
      Direction direction = begun.damage().where().get(i);
      if (direction.from().equals(node) || direction.to().equals(node)) {
        sum = sum.plus(network.get().traffic(direction).minus(begun.before().get(i)));
      }
    }
    return sum;
  }

  /** Ends what a fault let go wrong; completes when no connection suffers from it any more. */
  public CompletionStage<Void> end(int fault) {
    return Optional.ofNullable(lasting.remove(fault))
        .map(
            begun ->
                waits.within(
                    bounds.ending(), "to repair the network", () -> begun.imposition().lift()))
        .orElseGet(() -> CompletableFuture.completedStage(null));
  }

  /** Ends everything. */
  CompletionStage<Void> endAll() {
    return Waits.all(List.copyOf(lasting.keySet()), this::end).thenApply(ended -> null);
  }
}
