package io.shardquake.workloads.client;

import io.shardquake.workloads.generator.Request;
import java.util.function.Consumer;

/**
 * One process's way to the cluster. At-most-once: whatever happens, the effect of a request is
 * never asked for twice. One request at a time; not thread-safe.
 */
public interface Client extends AutoCloseable {
  /**
   * Starts a request and returns at once. {@code done} is called exactly once, from any thread,
   * possibly before this method returns, and not later than the per-operation time-out allows.
   */
  void invoke(Request request, Consumer<Outcome> done);

  /**
   * Closes its connections without waiting. A request still open completes: as Fail if it certainly
   * did not happen, else as Info.
   */
  @Override
  void close();
}
