package io.shardquake.faults.nemesis;

import io.shardquake.faults.network.Direction;
import io.shardquake.faults.network.Impairment;
import io.shardquake.faults.network.Imposition;
import io.shardquake.faults.network.Network;
import io.shardquake.faults.network.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A network in which, as long as there is traffic, everything imposed leaves traces at once. */
public final class FakeNetwork implements Network {
  private final List<List<Direction>> impaired = new ArrayList<>();
  private boolean silent;

  /** Nobody says anything any more. */
  void fallSilent() {
    silent = true;
  }

  /** Whether something still goes wrong. */
  public boolean isImpaired() {
    return !impaired.isEmpty();
  }

  @Override
  public Imposition impose(List<Direction> where, Impairment what) {
    impaired.add(where);
    return new Imposition() {
      @Override
      public CompletionStage<Void> inForce() {
        return CompletableFuture.completedStage(null);
      }

      @Override
      public CompletionStage<Void> lift() {
        impaired.remove(where);
        return CompletableFuture.completedStage(null);
      }
    };
  }

  @Override
  public Imposition flap(List<Direction> where, Impairment what, Duration on, Duration off) {
    return impose(where, what);
  }

  @Override
  public Traffic traffic(Direction direction) {
    long count = silent ? 0 : impaired.stream().filter(where -> where.contains(direction)).count();
    return new Traffic(count, count, count, count, count, count, count, count);
  }
}
