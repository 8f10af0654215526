package io.shardquake.harness.target;

import io.shardquake.faults.Capabilities;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** A kind of cluster that experiments can be run against. Immutable, thread-safe. */
public interface Target {
  /** Its name on the command line ({@code redis}). */
  String name();

  /** What its clusters can have done to them, known before one is started. */
  Capabilities capabilities();

  /**
   * Starts a cluster and forms it; returns when every node says that the cluster is ok and that it
   * knows all others, and every replica is in step with its master.
   *
   * @param options what to start
   * @param directory the run's directory; it exists. Nodes' data and logs go below it
   * @param clock nanoseconds since the start of the run, for what {@link RunningCluster#view}
   *     records
   * @throws TargetException when no such cluster could be started; nothing is left running
   * @throws InterruptedException when interrupted while waiting; nothing is left running
   */
  RunningCluster start(ClusterOptions options, Path directory, LongSupplier clock)
      throws TargetException, InterruptedException;
}
