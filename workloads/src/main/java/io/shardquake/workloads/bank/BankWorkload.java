package io.shardquake.workloads.bank;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.contract.ClusterTerms;
import io.shardquake.checkers.durability.Allowance;
import io.shardquake.checkers.history.Value;
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
 * Banks of a few accounts that share a slot: transfers by WATCH, MULTI and EXEC, and MGET of all
 * accounts. Accounts start from nothing and may be overdrawn, so that the total is always zero.
 */
public final class BankWorkload implements Workload {
  private static final int MOST = 100;
  private static final int FEWER_BANKS = 4;

  @Override
  public String name() {
    return "bank";
  }

  @Override
  public Generator generator(WorkloadOptions options) {
    int banks = Math.max(1, options.activeKeys() / FEWER_BANKS);
    ActiveKeys keys = ActiveKeys.fresh(name() + ":", banks, options.operationsPerKey());
    return new KeyTraffic(keys, (key, random) -> choose(key, random, options.readShare()));
  }

  private static KeyTraffic.Chosen choose(ActiveKey key, RandomSource random, double reads) {
    if (random.nextDouble() < reads) {
      return new KeyTraffic.Chosen(new Request(BankCommands.READ, key.name(), Value.nil()), false);
    }
    int from = random.nextInt(BankCommands.ACCOUNTS);
    int to = (from + 1 + random.nextInt(BankCommands.ACCOUNTS - 1)) % BankCommands.ACCOUNTS;
    Value transfer =
        Value.of(List.of(Value.of(from), Value.of(to), Value.of(1 + random.nextInt(MOST))));
    return new KeyTraffic.Chosen(new Request(BankCommands.TRANSFER, key.name(), transfer), true);
  }

  @Override
  public Generator finalGenerator(WorkloadOptions options, List<Value> keys) {
    return FinalReads.of(BankCommands.READ, keys);
  }

  @Override
  public CommandMapping commands(WorkloadOptions options) {
    return new BankCommands();
  }

  /** Whether transfers are lost is no question of this workload's. */
  @Override
  public List<Checker> checkers(WorkloadOptions options) {
    return List.of();
  }

  @Override
  public List<Checker> promises(WorkloadOptions options, ClusterTerms terms) {
    return List.of(new BankChecker(Allowance.of(terms.nodeTimeout())));
  }
}
