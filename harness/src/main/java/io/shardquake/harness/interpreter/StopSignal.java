package io.shardquake.harness.interpreter;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody's wish that a run end before its time. Once raised it stays raised. Thread-safe. */
public final class StopSignal {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean raised;

  public void raise() {
    raised = true;
    listeners.forEach(Runnable::run);
  }

  public boolean raised() {
    return raised;
  }

  /** Has the listener run when the signal is raised, perhaps more than once; at once if it was. */
  public void onRaise(Runnable listener) {
    listeners.add(listener);
    if (raised) {
      listener.run();
    }
  }

  /** Takes back {@link #onRaise}. */
  void forget(Runnable listener) {
    listeners.remove(listener);
  }
}
