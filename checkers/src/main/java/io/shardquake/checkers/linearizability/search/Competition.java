package io.shardquake.checkers.linearizability.search;

import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Model;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Both searches at once: the first definite answer counts, and the other search ends before it is
 * given. Each may hold half of the memory. Stateless.
 */
public final class Competition {
  /** Name of this algorithm in an {@link Analysis} that is undecided. */
  public static final String ANALYZER = "competition";

  private static final String LOST = "another search has answered";

  private Competition() {}

  /**
   * Decides whether the operations are linearizable; {@link Analysis.Unknown} at a limit.
   *
   * <p>Uses the calling thread and one more, which has ended when this returns. A model that never
   * returns from a step cannot be stopped.
   */
  public static Analysis analyse(ObjectHistory history, Model initial, SearchLimits limits) {
    SearchLimits wglLimits = limits.share(2);
    SearchLimits linearLimits = limits.share(2);
    FutureTask<Analysis> wgl =
        new FutureTask<>(
            () -> endOther(SearchAlgorithm.WGL.analyse(history, initial, wglLimits), linearLimits));
    Thread thread = new Thread(wgl, "linearizability-wgl");
    thread.setDaemon(true);
    thread.start();
    try {
      Analysis linear =
          endOther(SearchAlgorithm.LINEAR.analyse(history, initial, linearLimits), wglLimits);
      return better(linear, get(wgl, wglLimits));
    } finally {
      wglLimits.cancel(LOST);
      joinFully(thread);
    }
  }

  private static Analysis endOther(Analysis found, SearchLimits other) {
    if (!(found instanceof Analysis.Unknown)) {
      other.cancel(LOST);
    }
    return found;
  }

  private static Analysis better(Analysis one, Analysis other) {
    if (one instanceof Analysis.Unknown first && other instanceof Analysis.Unknown second) {
      Analysis.Unknown further = first.returnsPassed() >= second.returnsPassed() ? first : second;
      return new Analysis.Unknown(
          ANALYZER, first.cost().beside(second.cost()), further.cause(), further.returnsPassed());
    }
    return one instanceof Analysis.Unknown ? other : one;
  }

  private static Analysis get(FutureTask<Analysis> task, SearchLimits limits) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
          limits.cancel("interruption");
        } catch (ExecutionException e) {
          throw new IllegalStateException("a search failed", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void joinFully(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
