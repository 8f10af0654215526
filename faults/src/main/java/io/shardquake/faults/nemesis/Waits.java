package io.shardquake.faults.nemesis;

import io.shardquake.faults.plan.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Waiting, all of it bounded. Every stage that it returns completes on the scheduler's thread,
 * whatever thread completed what was awaited, so that those who continue it need no locks. To be
 * called on the scheduler's thread.
 */
public final class Waits {
  private final Scheduler scheduler;

  public Waits(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Nanoseconds since the start of the run. */
  public long nowNanos() {
    return scheduler.nowNanos();
  }

  /**
   * Calls, and waits for the outcome no longer than this. A call that throws fails the stage.
   *
   * @param what names the call in the reason of a stage that failed for time
   */
  public <T> CompletionStage<T> within(
      Duration bound, String what, Supplier<CompletionStage<T>> call) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    String late = what + " took longer than " + DurationText.print(bound);
    Scheduler.Handle timer =
        scheduler.at(after(bound), () -> outcome.completeExceptionally(new TimeoutException(late)));
    attempt(call)
        .whenComplete(
            (value, failure) ->
                scheduler.soon(
                    () -> {
                      timer.cancel();
                      if (failure == null) {
                        outcome.complete(value);
                      } else {
                        outcome.completeExceptionally(Reason.cause(failure));
                      }
                    }));
    return outcome;
  }

  /** Lets this much time pass. */
  public CompletionStage<Void> pass(Duration time) {
    CompletableFuture<Void> passed = new CompletableFuture<>();
    scheduler.at(after(time), () -> passed.complete(null));
    return passed;
  }

  /**
   * Tries again and again until there is an outcome, at least once. An attempt that fails counts as
   * one without outcome.
   *
   * @param bound no attempt begins later than this from now
   * @param every between the end of an attempt and the next one
   * @param attempt gives the outcome, or what is still wanting, in words; must be bounded itself
   * @return fails with the last attempt's words if there was no outcome in time
   */
  public <T> CompletionStage<T> until(
      Duration bound, Duration every, Supplier<CompletionStage<Attempt<T>>> attempt) {
    return until(after(bound), every, attempt);
  }

  private <T> CompletionStage<T> until(
      long deadline, Duration every, Supplier<CompletionStage<Attempt<T>>> attempt) {
    return attempt(attempt)
        .exceptionally(failure -> Attempt.wanting(Reason.of(failure)))
        .thenCompose(
            attempted -> {
              if (attempted.outcome().isPresent()) {
                return CompletableFuture.completedStage(attempted.outcome().get());
              }
              return after(every) > deadline
                  ? CompletableFuture.failedStage(new TimeoutException(attempted.wanting()))
                  : pass(every).thenCompose(passed -> until(deadline, every, attempt));
            });
  }

  /**
   * What came of one attempt.
   *
   * @param outcome empty if there is none yet
   * @param wanting what keeps it from having one; empty if it has
   */
  public record Attempt<T>(Optional<T> outcome, String wanting) {
    public static <T> Attempt<T> of(T outcome) {
      return new Attempt<>(Optional.of(outcome), "");
    }

    public static <T> Attempt<T> wanting(String what) {
      return new Attempt<>(Optional.empty(), what);
    }
  }

  /** All outcomes in the order of the items, once all have one; fails if one fails. */
  public static <A, T> CompletionStage<List<T>> all(
      List<A> items, Function<A, CompletionStage<T>> each) {
    List<CompletionStage<T>> begun = items.stream().map(each).toList();
    CompletionStage<List<T>> gathered = CompletableFuture.completedStage(List.of());
    for (CompletionStage<T> stage : begun) {
      gathered = gathered.thenCombine(stage, Waits::append);
    }
    return gathered;
  }

  private static <T> List<T> append(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }

  private long after(Duration time) {
    return scheduler.nowNanos() + time.toNanos();
  }

  private static <T> CompletionStage<T> attempt(Supplier<CompletionStage<T>> call) {
    try {
      return call.get();
    } catch (RuntimeException failure) {
      return CompletableFuture.failedStage(new CompletionException(failure));
    }
  }
}
