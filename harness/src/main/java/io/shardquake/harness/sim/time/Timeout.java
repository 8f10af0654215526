package io.shardquake.harness.sim.time;

import org.jspecify.annotations.Nullable;

/** An event that can be cancelled. */
public final class Timeout implements Event {
  private @Nullable Runnable task;

  Timeout(Runnable task) {
    this.task = task;
  }

  /** Keeps it from happening, if it has not happened. */
  public void cancel() {
    task = null;
  }

  @Override
  public boolean isOff() {
    return task == null;
  }

  @Override
  public void happen() {
    Runnable due = task;
    task = null;
    if (due != null) {
      due.run();
    }
  }
}
