package io.shardquake.workloads.lock;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.OneCopy;
import io.shardquake.checkers.contract.ClusterTerms;
import io.shardquake.checkers.durability.Allowance;
import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.Workload;
import io.shardquake.workloads.WorkloadOptions;
import io.shardquake.workloads.cluster.CommandMapping;
import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.generator.Generators;
import io.shardquake.workloads.keys.ActiveKeys;
import java.time.Duration;
import java.util.List;

/**
 * Locks as the Redis documentation has them: SET NX PX to acquire, compare-and-delete to release,
 * and with each acquisition a fencing token by INCR. Some holders never release, so that locks
 * expire as well.
 */
public final class LockWorkload implements Workload {
  private static final int FEWER_KEYS = 4;

  @Override
  public String name() {
    return "lock";
  }

  @Override
  public Generator generator(WorkloadOptions options) {
    int keys = Math.max(1, options.activeKeys() / FEWER_KEYS);
    return LockTraffic.on(ActiveKeys.fresh(name() + ":", keys, options.operationsPerKey()));
  }

  /** Nothing is left to be asked: what a lock was worth shows while it is held. */
  @Override
  public Generator finalGenerator(WorkloadOptions options, List<Value> keys) {
    return Generators.nothing();
  }

  @Override
  public CommandMapping commands(WorkloadOptions options) {
    return new LockCommands();
  }

  @Override
  public List<Checker> checkers(WorkloadOptions options) {
    return List.of(new OneCopy(new LockChecker(Allowance.of(Duration.ZERO))));
  }

  @Override
  public List<Checker> promises(WorkloadOptions options, ClusterTerms terms) {
    return List.of(new LockChecker(Allowance.of(terms.nodeTimeout())));
  }
}
