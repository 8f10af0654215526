package io.shardquake.harness.interpreter;

import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.Invocation;
import java.io.IOException;

/** Where the interpreter puts events, in the order of their indexes, from one thread. */
public interface HistorySink {
  /**
   * Takes the start of an operation.
   *
   * @throws IOException if it cannot be kept; the interpreter then stops
   */
  void invoked(Invocation invocation) throws IOException;

  /**
   * Takes the end of the operation that the process has open.
   *
   * @throws IOException if it cannot be kept; the interpreter then stops
   */
  void completed(int process, Completion completion) throws IOException;

  /**
   * Hands on what it may hold back. Called now and then, and at the end.
   *
   * @throws IOException if it cannot be kept; the interpreter then stops
   */
  void flush() throws IOException;
}
