package io.shardquake.faults.network;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** An imposition that comes and goes. Thread-safe. */
final class Flapping implements Imposition {
  private final Supplier<Imposition> impose;
  private final Duration on;
  private final Duration off;
  private final EventExecutor executor;
  private final CompletionStage<Void> inForce;
  private Optional<Imposition> current = Optional.empty();
  private Optional<Future<?>> next = Optional.empty();
  private boolean lifted;

  Flapping(Supplier<Imposition> impose, Duration on, Duration off, EventExecutor executor) {
    if (on.isNegative() || on.isZero() || off.isNegative() || off.isZero()) {
      throw new IllegalArgumentException("times of flapping are positive, not " + on + ", " + off);
    }
    this.impose = impose;
    this.on = on;
    this.off = off;
    this.executor = executor;
    this.inForce = come();
  }

  private synchronized CompletionStage<Void> come() {
    if (lifted) {
      return CompletableFuture.completedStage(null);
    }
    Imposition imposed = impose.get();
    current = Optional.of(imposed);
    next = Optional.of(executor.schedule(this::go, on.toNanos(), TimeUnit.NANOSECONDS));
    return imposed.inForce();
  }

  private synchronized void go() {
    if (lifted) {
      return;
    }
    current.ifPresent(Imposition::lift);
    current = Optional.empty();
    next = Optional.of(executor.schedule(this::come, off.toNanos(), TimeUnit.NANOSECONDS));
  }

  @Override
  public CompletionStage<Void> inForce() {
    return inForce;
  }

  @Override
  public synchronized CompletionStage<Void> lift() {
    lifted = true;
    next.ifPresent(change -> change.cancel(false));
    return current.map(Imposition::lift).orElseGet(() -> CompletableFuture.completedStage(null));
  }
}
