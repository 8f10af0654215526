package io.shardquake.workloads.multikey;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.contract.ClusterTerms;
import io.shardquake.checkers.durability.Allowance;
import io.shardquake.checkers.durability.DurabilityChecker;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.LinearizabilityChecker;
import io.shardquake.checkers.linearizability.LinearizabilityOptions;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.workloads.OfFunctions;
import io.shardquake.workloads.Workload;
import io.shardquake.workloads.WorkloadOptions;
import io.shardquake.workloads.cluster.CommandMapping;
import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.generator.RandomSource;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.keys.ActiveKey;
import io.shardquake.workloads.keys.ActiveKeys;
import io.shardquake.workloads.keys.FinalReads;
import io.shardquake.workloads.keys.KeyTraffic;
import java.util.List;

/**
 * Several keys at once: MSET and MGET of keys that share a slot, as though they were one register,
 * and now and then an MSET of keys that do not, which every node must refuse.
 */
public final class MultiKeyWorkload implements Workload {
  private static final double ACROSS_SHARE = 0.02;
  private static final int FEWER_KEYS = 4;

  @Override
  public String name() {
    return "multi-key";
  }

  @Override
  public Generator generator(WorkloadOptions options) {
    int keys = Math.max(1, options.activeKeys() / FEWER_KEYS);
    ActiveKeys fresh = ActiveKeys.fresh(name() + ":", keys, options.operationsPerKey());
    return new KeyTraffic(fresh, (key, random) -> choose(key, random, options.readShare()));
  }

  private static KeyTraffic.Chosen choose(ActiveKey key, RandomSource random, double reads) {
    if (random.nextDouble() < ACROSS_SHARE) {
      return new KeyTraffic.Chosen(
          new Request(MultiKeyCommands.WRITE_ACROSS, key.name(), Value.nil()), false);
    }
    return random.nextDouble() < reads
        ? new KeyTraffic.Chosen(new Request(MultiKeyCommands.READ, key.name(), Value.nil()), false)
        : new KeyTraffic.Chosen(
            new Request(MultiKeyCommands.WRITE, key.name(), Value.of(key.nextNumber())), true);
  }

  @Override
  public Generator finalGenerator(WorkloadOptions options, List<Value> keys) {
    return FinalReads.of(MultiKeyCommands.READ, keys);
  }

  @Override
  public CommandMapping commands(WorkloadOptions options) {
    return new MultiKeyCommands();
  }

  @Override
  public List<Checker> checkers(WorkloadOptions options) {
    return List.of(
        asRegister(
            new LinearizabilityChecker(
                LinearizabilityOptions.of(Models.casRegister(Value.nil())))));
  }

  @Override
  public List<Checker> promises(WorkloadOptions options, ClusterTerms terms) {
    return List.of(
        asRegister(new DurabilityChecker(Allowance.of(terms.nodeTimeout()))),
        new CrossSlotChecker());
  }

  private static Checker asRegister(Checker checker) {
    return new OfFunctions(List.of(MultiKeyCommands.READ, MultiKeyCommands.WRITE), checker);
  }
}
