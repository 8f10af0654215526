package io.shardquake.workloads.register;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.contract.ClusterTerms;
import io.shardquake.checkers.durability.Allowance;
import io.shardquake.checkers.durability.DurabilityChecker;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.LinearizabilityChecker;
import io.shardquake.checkers.linearizability.LinearizabilityOptions;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.workloads.Workload;
import io.shardquake.workloads.WorkloadOptions;
import io.shardquake.workloads.cluster.CommandMapping;
import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.keys.ActiveKeys;
import io.shardquake.workloads.keys.FinalReads;
import java.util.List;

/** Registers on many keys: reads, unique writes, and compare-and-set, held to linearizability. */
public final class RegisterWorkload implements Workload {
  private static final double COMPARE_SHARE = 0.5;

  @Override
  public String name() {
    return "register";
  }

  @Override
  public Generator generator(WorkloadOptions options) {
    ActiveKeys keys =
        ActiveKeys.fresh("register:", options.activeKeys(), options.operationsPerKey());
    return new RegisterTraffic(keys, options.readShare(), COMPARE_SHARE);
  }

  @Override
  public Generator finalGenerator(WorkloadOptions options, List<Value> keys) {
    return FinalReads.of(RegisterCommands.READ, keys);
  }

  @Override
  public CommandMapping commands(WorkloadOptions options) {
    return new RegisterCommands(new StoredValue(options.valueBytes()));
  }

  @Override
  public List<Checker> checkers(WorkloadOptions options) {
    return List.of(
        new LinearizabilityChecker(LinearizabilityOptions.of(Models.casRegister(Value.nil()))));
  }

  @Override
  public List<Checker> promises(WorkloadOptions options, ClusterTerms terms) {
    return List.of(new DurabilityChecker(Allowance.of(terms.nodeTimeout())));
  }
}
