package io.shardquake.workloads;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.contract.ClusterTerms;
import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.cluster.CommandMapping;
import io.shardquake.workloads.generator.Generator;
import java.util.List;

/**
 * What clients ask of a cluster, how they ask it, and how the answers are judged. Stateless and
 * pure: the same workload runs over real connections and in the simulator.
 *
 * <p>Every key that a workload uses is text that begins with its {@link #name()} and a colon. So
 * several workloads may share a run ({@link io.shardquake.workloads.mix.Mixture}): each sees its
 * own operations only.
 */
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

  /** Judges of this workload's operations by what one copy of the data would promise. */
  List<Checker> checkers(WorkloadOptions options);

  /**
   * Judges of what Redis Cluster promises of this workload's operations, whichever contract is
   * demanded.
   *
   * @param terms of the cluster
   */
  List<Checker> promises(WorkloadOptions options, ClusterTerms terms);

  /**
   * The functions that other nodes than the owner of the key's slot may answer, such as reads from
   * replicas. Where they are answered says nothing about the placement of keys.
   */
  default List<String> answeredAnywhere() {
    return List.of();
  }

  /** The functions that a node may answer although it holds its cluster to be down. */
  default List<String> answeredWhileDown() {
    return List.of();
  }
}
