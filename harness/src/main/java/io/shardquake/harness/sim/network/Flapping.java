package io.shardquake.harness.sim.network;

import io.shardquake.faults.network.Imposition;
import io.shardquake.harness.sim.time.EventQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** An imposition that comes and goes, beginning with coming. */
final class Flapping implements Imposition {
  private final EventQueue queue;
  private final Supplier<Imposition> impose;
  private final long on;
  private final long off;
  private Imposition current;
  private boolean lifted;

  Flapping(EventQueue queue, Supplier<Imposition> impose, long on, long off) {
    if (on <= 0 || off <= 0) {
      throw new IllegalArgumentException("times of flapping are positive, not " + on + ", " + off);
    }
    this.queue = queue;
    this.impose = impose;
    this.on = on;
    this.off = off;
    this.current = impose.get();
    queue.after(on, this::go);
  }

  private void go() {
    if (!lifted) {
      current.lift();
      queue.after(off, this::come);
    }
  }

  private void come() {
    if (!lifted) {
      current = impose.get();
      queue.after(on, this::go);
    }
  }

  @Override
  public CompletionStage<Void> inForce() {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> lift() {
    lifted = true;
    return current.lift();
  }
}
