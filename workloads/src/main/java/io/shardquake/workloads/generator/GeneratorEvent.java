package io.shardquake.workloads.generator;

import io.shardquake.checkers.history.Value;

/** What a generator is told of. */
public sealed interface GeneratorEvent {
  /** Since the start of the run. */
  long timeNanos();

  /** The process that invoked. */
  int process();

  /** What it invoked. */
  Request request();

  /** An operation was invoked. */
  record Invoked(long timeNanos, int process, Request request) implements GeneratorEvent {}

  /**
   * An operation completed.
   *
   * @param process the process that had invoked it, even if it has a successor by now
   * @param result how it ended
   * @param value what it gave; {@link Value#nil()} unless {@link Result#OK}
   */
  record Completed(long timeNanos, int process, Request request, Result result, Value value)
      implements GeneratorEvent {}

  /** How an operation ended, as in {@link io.shardquake.checkers.history.Completion}. */
  enum Result {
    OK,
    FAIL,
    INFO
  }
}
