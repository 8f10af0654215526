package io.shardquake.workloads;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.client.ClientFactory;
import io.shardquake.workloads.generator.Generator;
import java.util.List;

/** What clients ask of a cluster, how they ask it, and how the answers are judged. Stateless. */
public interface Workload {
  /** Stable kebab-case name, as chosen on the command line. */
  String name();

  /** The traffic: never exhausted, never pending while a worker is free. */
  Generator generator(WorkloadOptions options);

  /**
   * What is asked once after everything has been healed; exhausted when all of it has been asked.
   *
   * @param keys every key that an operation was invoked on, each once
   */
  Generator finalGenerator(WorkloadOptions options, List<Value> keys);

  /** Clients that turn this workload's requests into commands. The caller closes the factory. */
  ClientFactory clients(ClusterAccess access, WorkloadOptions options);

  /** Judges of this workload's operations. */
  List<Checker> checkers(WorkloadOptions options);
}
