package io.shardquake.workloads.register;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.contract.ClusterTerms;
import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.Workload;
import io.shardquake.workloads.WorkloadOptions;
import io.shardquake.workloads.cluster.CommandMapping;
import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.keys.ActiveKeys;
import java.util.List;

/**
 * Registers that are only ever changed by compare-and-set, on few keys so that clients collide:
 * whether WATCH notices every change. Judged as {@link RegisterWorkload} is.
 */
public final class CasRegisterWorkload implements Workload {
  private static final int FEWER_KEYS = 10;

  private final RegisterWorkload register = new RegisterWorkload();

  @Override
  public String name() {
    return "cas-register";
  }

  @Override
  public Generator generator(WorkloadOptions options) {
    int keys = Math.max(1, options.activeKeys() / FEWER_KEYS);
    ActiveKeys fresh = ActiveKeys.fresh(name() + ":", keys, options.operationsPerKey());
    return new RegisterTraffic(fresh, options.readShare(), 1);
  }

  @Override
  public Generator finalGenerator(WorkloadOptions options, List<Value> keys) {
    return register.finalGenerator(options, keys);
  }

  @Override
  public CommandMapping commands(WorkloadOptions options) {
    return register.commands(options);
  }

  @Override
  public List<Checker> checkers(WorkloadOptions options) {
    return register.checkers(options);
  }

  @Override
  public List<Checker> promises(WorkloadOptions options, ClusterTerms terms) {
    return register.promises(options, terms);
  }
}
