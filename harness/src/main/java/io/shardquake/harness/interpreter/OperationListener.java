package io.shardquake.harness.interpreter;

import io.shardquake.workloads.generator.GeneratorEvent;

/** Told of every operation as it happens, on the interpreter's thread: it must return at once. */
public interface OperationListener {
  /** A listener that does not listen. */
  OperationListener NONE = (result, nanos) -> {};

  /**
   * An operation completed.
   *
   * @param result how
   * @param nanos how long it took
   */
  void completed(GeneratorEvent.Result result, long nanos);

  /**
   * An operation that has just completed did not succeed.
   *
   * @param error its name in the error table
   */
  default void failed(String error) {}
}
