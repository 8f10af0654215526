package io.shardquake.workloads.counter;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.OneCopy;
import io.shardquake.checkers.contract.ClusterTerms;
import io.shardquake.checkers.durability.Allowance;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.workloads.Workload;
import io.shardquake.workloads.WorkloadOptions;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.cluster.CommandMapping;
import io.shardquake.workloads.cluster.Conversation;
import io.shardquake.workloads.cluster.SingleCommand;
import io.shardquake.workloads.cluster.Turn.Next;
import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.keys.ActiveKeys;
import io.shardquake.workloads.keys.FinalReads;
import io.shardquake.workloads.keys.KeyName;
import io.shardquake.workloads.keys.KeyTraffic;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.time.Duration;
import java.util.List;

/**
 * Counters: INCR and GET. Each INCR tells the count, so that a lost one shows as a count that comes
 * twice, and a doubled one as a count greater than that of the increments.
 */
public final class CounterWorkload implements Workload {
  @Override
  public String name() {
    return "counter";
  }

  @Override
  public Generator generator(WorkloadOptions options) {
    ActiveKeys keys =
        ActiveKeys.fresh(name() + ":", options.activeKeys(), options.operationsPerKey());
    return new KeyTraffic(
        keys,
        (key, random) -> {
          boolean read = random.nextDouble() < options.readShare();
          String function = read ? CounterChecker.READ : CounterChecker.INCREMENT;
          return new KeyTraffic.Chosen(new Request(function, key.name(), Value.nil()), !read);
        });
  }

  @Override
  public Generator finalGenerator(WorkloadOptions options, List<Value> keys) {
    return FinalReads.of(CounterChecker.READ, keys);
  }

  @Override
  public CommandMapping commands(WorkloadOptions options) {
    return CounterWorkload::conversation;
  }

  /** How a counter's requests are told to a cluster. */
  public static Conversation conversation(Request request) {
    String key = KeyName.of(request.key());
    Command command =
        switch (request.function()) {
          case CounterChecker.INCREMENT -> Command.keyed("INCR", key);
          case CounterChecker.READ -> Command.keyed("GET", key);
          default ->
              throw new IllegalArgumentException("a counter has no function " + request.function());
        };
    return SingleCommand.on(KeySlot.of(key), command, CounterWorkload::count);
  }

  /** The count that a reply to INCR or GET tells. */
  public static Next count(Reply reply) {
    Value value = reply == Reply.Absent.ABSENT ? Value.of(0) : reply.toValue();
    return value instanceof Value.Int
        ? new Next.Done(value)
        : new Next.Open(OperationError.UNEXPECTED_REPLY);
  }

  @Override
  public List<Checker> checkers(WorkloadOptions options) {
    return List.of(new OneCopy(new CounterChecker(Allowance.of(Duration.ZERO))));
  }

  @Override
  public List<Checker> promises(WorkloadOptions options, ClusterTerms terms) {
    return List.of(new CounterChecker(Allowance.of(terms.nodeTimeout())));
  }
}
