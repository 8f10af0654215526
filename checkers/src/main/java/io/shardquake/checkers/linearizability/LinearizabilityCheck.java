package io.shardquake.checkers.linearizability;

import io.shardquake.checkers.history.History;
import io.shardquake.checkers.linearizability.HistoryPartition.Part;
import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.Cost;
import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchEndedException;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Model;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Judges whether a history is linearizable, object by object. The whole entry to these packages:
 *
 * <pre>{@code
 * LinearizabilityResult result =
 *     LinearizabilityCheck.run(
 *         history, LinearizabilityOptions.of(Models.casRegister(Value.nil())));
 * result.verdict();
 * }</pre>
 */
public final class LinearizabilityCheck {
  /** How long an object is tried before the next one has its turn, at first. */
  private static final Duration FIRST_TURN = Duration.ofMillis(500);

  private final History history;
  private final HistoryPartition partition;
  private final LinearizabilityOptions options;
  private final SearchLimits limits;
  private final ObjectResult[] results;

  private LinearizabilityCheck(History history, LinearizabilityOptions options) {
    this.limits = SearchLimits.startingNow(options.limits());
    this.history = history;
    this.options = options;
    this.partition = new HistoryPartition(history, options.nilReads());
    this.results = new ObjectResult[partition.parts().size()];
  }

  /**
   * Judges a history. Several objects are judged on {@link LinearizabilityOptions#threads} threads
   * at once, which have ended when this returns. Meeting a limit, or being interrupted, makes the
   * result UNKNOWN.
   */
  public static LinearizabilityResult run(History history, LinearizabilityOptions options) {
    LinearizabilityCheck check = new LinearizabilityCheck(history, options);
    check.judgeAll();
    return new LinearizabilityResult(
        history,
        options,
        check.partition,
        Arrays.asList(check.results),
        Duration.ofNanos(check.limits.elapsedNanos()));
  }

  private void judgeAll() {
    if (results.length == 1) {
      judge(0, limits);
    } else if (results.length > 1) {
      judgeInTurns();
    }
  }

  /**
   * Gives every object a short turn, then those undecided a longer one, and so on: one hard object
   * does not keep the others from being judged.
   */
  private void judgeInTurns() {
    List<Integer> undecided =
        IntStream.range(0, results.length)
            .boxed()
            .sorted(Comparator.comparing(part -> -partition.parts().get(part).size()))
            .toList();
    int atOnce = Math.min(options.threads(), results.length);
    Duration turn = FIRST_TURN;
    Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            atOnce,
            work -> {
              Thread thread = thread(work);
              threads.add(thread);
              return thread;
            });
    try {
      do {
        undecided = judge(undecided, pool, turn, Math.min(atOnce, undecided.size()));
        turn = turn.multipliedBy(4);
      } while (!undecided.isEmpty() && limits.exceeded(0).isEmpty());
    } finally {
      limits.cancel("the check has ended");
      pool.shutdownNow();
      awaitEnd(threads);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "linearizability");
    thread.setDaemon(true);
    return thread;
  }

  /** Judges parts at once; returns those that another turn may decide. */
  private List<Integer> judge(
      List<Integer> undecided, ExecutorService pool, Duration turn, int atOnce) {
    SearchLimits share = limits.share(atOnce);
    List<Future<Boolean>> turns = new ArrayList<>();
    for (int part : undecided) {
      turns.add(pool.submit(() -> judge(part, share.attempt(turn))));
    }
    List<Integer> again = new ArrayList<>();
    for (int i = 0; i < turns.size(); i++) {
      if (!await(turns.get(i), undecided.get(i))) {
        again.add(undecided.get(i));
      }
    }
    return again;
  }

  /** Judges one part; returns whether the result stands. */
  private boolean judge(int number, SearchLimits turn) {
    Optional<String> over = turn.exceeded(0);
    if (over.isPresent()) {
      results[number] = undecided(number, over.get());
      return false;
    }
    try {
      return judge(number, partition.history(partition.parts().get(number), turn), turn);
    } catch (SearchEndedException ended) {
      results[number] = undecided(number, ended.getMessage());
      return turn.exceeded(0).isEmpty();
    }
  }

  private boolean judge(int number, ObjectHistory operations, SearchLimits turn) {
    Part part = partition.parts().get(number);
    Analysis analysis =
        ObjectAnalysis.analyse(operations, options.model(), options.algorithm(), turn);
    results[number] = new ObjectResult(part.key(), part.size(), analysis);
    if (analysis instanceof Analysis.Unknown && turn.exceeded(0).isEmpty()) {
      unknownCall(operations, turn).ifPresent(cause -> results[number] = undecided(number, cause));
    }
    return !(analysis instanceof Analysis.Unknown) || turn.exceeded(0).isEmpty();
  }

  /** The first operation that the model does not have, if that is why there is no verdict. */
  private Optional<String> unknownCall(ObjectHistory operations, SearchLimits turn) {
    Model model = options.model();
    LimitPoll poll = new LimitPoll(turn);
    for (int op = 0; op < operations.size(); op++) {
      poll.step();
      try {
        model.effect(model.simplified(operations.toCall(op)));
      } catch (RuntimeException e) {
        long event = history.invocationIndex(operations.row(op));
        return Optional.of("event %d: %s".formatted(event, e.getMessage()));
      }
    }
    return Optional.empty();
  }

  private boolean await(Future<Boolean> turn, int number) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return turn.get();
        } catch (InterruptedException e) {
          interrupted = true;
          limits.cancel("interruption");
        } catch (ExecutionException e) {
          results[number] = undecided(number, "the check failed: " + e.getCause());
          return true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private ObjectResult undecided(int number, String cause) {
    Part part = partition.parts().get(number);
    return new ObjectResult(
        part.key(), part.size(), new Analysis.Unknown("none", Cost.NONE, cause, 0));
  }

  /** A pool that has terminated may have threads that have not quite ended. */
  private static void awaitEnd(Queue<Thread> threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
