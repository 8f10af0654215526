package io.shardquake.workloads.replicaread;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.contract.ClusterTerms;
import io.shardquake.checkers.durability.Allowance;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.workloads.OfFunctions;
import io.shardquake.workloads.Workload;
import io.shardquake.workloads.WorkloadOptions;
import io.shardquake.workloads.cluster.CommandMapping;
import io.shardquake.workloads.cluster.Conversation;
import io.shardquake.workloads.cluster.Turn;
import io.shardquake.workloads.counter.CounterChecker;
import io.shardquake.workloads.counter.CounterWorkload;
import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.generator.RandomSource;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.keys.ActiveKey;
import io.shardquake.workloads.keys.ActiveKeys;
import io.shardquake.workloads.keys.FinalReads;
import io.shardquake.workloads.keys.KeyName;
import io.shardquake.workloads.keys.KeyTraffic;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.util.List;

/**
 * Counters that are counted up at their owner and read at its replica (READONLY): how old what a
 * replica shows may be, and whether it ever goes back.
 */
public final class StaleReadWorkload implements Workload {
  static final String READ_AT_REPLICA = "read-at-replica";

  private static final double INCREMENT_SHARE = 0.4;

  private final CounterWorkload counter = new CounterWorkload();

  @Override
  public String name() {
    return "stale-read";
  }

  @Override
  public Generator generator(WorkloadOptions options) {
    return new KeyTraffic(
        ActiveKeys.fresh(name() + ":", options.activeKeys(), options.operationsPerKey()),
        StaleReadWorkload::choose);
  }

  private static KeyTraffic.Chosen choose(ActiveKey key, RandomSource random) {
    boolean increment = random.nextDouble() < INCREMENT_SHARE;
    String function = increment ? CounterChecker.INCREMENT : READ_AT_REPLICA;
    return new KeyTraffic.Chosen(new Request(function, key.name(), Value.nil()), increment);
  }

  @Override
  public Generator finalGenerator(WorkloadOptions options, List<Value> keys) {
    return FinalReads.of(CounterChecker.READ, keys);
  }

  @Override
  public CommandMapping commands(WorkloadOptions options) {
    return request ->
        request.function().equals(READ_AT_REPLICA)
            ? new Conversation(
                KeySlot.of(KeyName.of(request.key())),
                new ReadAtReplica(KeyName.of(request.key())),
                Conversation.Partner.REPLICA)
            : CounterWorkload.conversation(request);
  }

  @Override
  public List<Checker> checkers(WorkloadOptions options) {
    return counter.checkers(options).stream().map(StaleReadWorkload::ofOwners).toList();
  }

  @Override
  public List<Checker> promises(WorkloadOptions options, ClusterTerms terms) {
    Allowance allowed = Allowance.of(terms.nodeTimeout());
    return List.of(ofOwners(new CounterChecker(allowed)), new ReplicaReadChecker(allowed));
  }

  private static Checker ofOwners(Checker checker) {
    return new OfFunctions(List.of(CounterChecker.INCREMENT, CounterChecker.READ), checker);
  }

  @Override
  public List<String> answeredAnywhere() {
    return List.of(READ_AT_REPLICA);
  }

  /**
   * GET between READONLY and READWRITE: other operations of the process use the same connection,
   * and are not to be answered by a replica because of this one.
   */
  private record ReadAtReplica(String key) implements Turn {
    private static final Command READONLY = Command.keyless("READONLY");
    private static final Command READWRITE = Command.keyless("READWRITE");

    @Override
    public List<Command> commands() {
      return List.of(READONLY, Command.keyed("GET", key), READWRITE);
    }

    @Override
    public boolean performs() {
      return false;
    }

    @Override
    public Next after(List<Reply> replies) {
      return replies.get(1) instanceof Reply.Failure failure
          ? new Next.Refused(failure.message())
          : CounterWorkload.count(replies.get(1));
    }
  }
}
