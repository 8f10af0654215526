package io.shardquake.workloads.append;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.contract.ClusterTerms;
import io.shardquake.checkers.durability.Allowance;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.transactions.TransactionChecker;
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
import java.util.ArrayList;
import java.util.List;

/**
 * Transactions over a few lists that share a slot: RPUSH of unique elements and LRANGE of whole
 * lists, between MULTI and EXEC. What each read shows tells what came before it.
 */
public final class AppendWorkload implements Workload {
  private static final int FEWER_KEYS = 4;

  /** A key's histories are lists that each read shows whole, so that they are kept short. */
  private static final int MOST_OPERATIONS = 60;

  private static final int MOST_STEPS = 4;
  private static final long NUMBERS_EACH = 10;

  @Override
  public String name() {
    return "append";
  }

  @Override
  public Generator generator(WorkloadOptions options) {
    int keys = Math.max(1, options.activeKeys() / FEWER_KEYS);
    int operations = Math.min(MOST_OPERATIONS, options.operationsPerKey());
    return new KeyTraffic(
        ActiveKeys.fresh(name() + ":", keys, operations),
        (key, random) -> choose(key, random, options.readShare()));
  }

  private static KeyTraffic.Chosen choose(ActiveKey key, RandomSource random, double reads) {
    List<Value> steps = new ArrayList<>();
    int count = 1 + random.nextInt(MOST_STEPS);
    for (int i = 0; i < count; i++) {
      int list = random.nextInt(AppendCommands.LISTS);
      steps.add(
          random.nextDouble() < reads
              ? AppendCommands.read(list)
              : AppendCommands.append(list, key.nextNumber() * NUMBERS_EACH + i));
    }
    return new KeyTraffic.Chosen(
        new Request(AppendCommands.TRANSACTION, key.name(), Value.of(steps)), true);
  }

  /** An operation without an argument reads every list. */
  @Override
  public Generator finalGenerator(WorkloadOptions options, List<Value> keys) {
    return FinalReads.of(AppendCommands.READ_ALL, keys);
  }

  @Override
  public CommandMapping commands(WorkloadOptions options) {
    return new AppendCommands();
  }

  @Override
  public List<Checker> checkers(WorkloadOptions options) {
    return List.of(new TransactionChecker());
  }

  @Override
  public List<Checker> promises(WorkloadOptions options, ClusterTerms terms) {
    Allowance allowed = Allowance.of(terms.nodeTimeout());
    return List.of(new AppendChecker(allowed), new SettledTransactionsChecker(allowed));
  }
}
