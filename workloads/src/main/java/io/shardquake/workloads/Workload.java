package io.shardquake.workloads;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.client.ClientFactory;
import io.shardquake.workloads.cluster.CommandMapping;
import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.lettuce.LettuceTransports;
import java.time.Duration;
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

  /** How this workload's requests are told to a cluster. */
  CommandMapping commands(WorkloadOptions options);

  /** Judges of this workload's operations. */
  List<Checker> checkers(WorkloadOptions options);

  /**
   * Judges of what Redis Cluster promises of this workload's operations, whichever contract is
   * demanded.
   *
   * @param nodeTimeout of the cluster
   */
  default List<Checker> promises(WorkloadOptions options, Duration nodeTimeout) {
    return List.of();
  }

  /** Clients over real connections. The caller closes the factory. */
  default ClientFactory clients(ClusterAccess access, WorkloadOptions options) {
    return LettuceTransports.clients(access, commands(options));
  }
}
