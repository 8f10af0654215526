package io.shardquake.workloads.set;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.contract.ClusterTerms;
import io.shardquake.checkers.durability.Allowance;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.LinearizabilityChecker;
import io.shardquake.checkers.linearizability.LinearizabilityOptions;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.workloads.Workload;
import io.shardquake.workloads.WorkloadOptions;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.cluster.CommandMapping;
import io.shardquake.workloads.cluster.Conversation;
import io.shardquake.workloads.cluster.SingleCommand;
import io.shardquake.workloads.cluster.Turn.Next;
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
import java.util.Comparator;
import java.util.List;

/**
 * Sets of unique elements: SADD and SMEMBERS. The last reads tell exactly which acknowledged
 * elements are missing.
 */
public final class SetWorkload implements Workload {
  static final String ADD = "add";
  static final String READ = "read";

  /** A read tells of all elements at once, so that fewer do. */
  private static final double READS_OF_SHARE = 0.4;

  @Override
  public String name() {
    return "set";
  }

  @Override
  public Generator generator(WorkloadOptions options) {
    ActiveKeys keys =
        ActiveKeys.fresh(name() + ":", options.activeKeys(), options.operationsPerKey());
    double reads = options.readShare() * READS_OF_SHARE;
    return new KeyTraffic(keys, (key, random) -> choose(key, random, reads));
  }

  private static KeyTraffic.Chosen choose(ActiveKey key, RandomSource random, double reads) {
    return random.nextDouble() < reads
        ? new KeyTraffic.Chosen(new Request(READ, key.name(), Value.nil()), false)
        : new KeyTraffic.Chosen(new Request(ADD, key.name(), Value.of(key.nextNumber())), true);
  }

  @Override
  public Generator finalGenerator(WorkloadOptions options, List<Value> keys) {
    return FinalReads.of(READ, keys);
  }

  @Override
  public CommandMapping commands(WorkloadOptions options) {
    return SetWorkload::conversation;
  }

  private static Conversation conversation(Request request) {
    String key = KeyName.of(request.key());
    int slot = KeySlot.of(key);
    return switch (request.function()) {
      case ADD ->
          SingleCommand.on(
              slot,
              Command.keyed("SADD", key, request.value().toString()),
              reply -> added(reply, request.value()));
      case READ -> SingleCommand.on(slot, Command.keyed("SMEMBERS", key), SetWorkload::members);
      default -> throw new IllegalArgumentException("a set has no function " + request.function());
    };
  }

  /** Every element is added once, so that anything but one new element is none of SADD's. */
  private static Next added(Reply reply, Value element) {
    return reply.equals(new Reply.Int(1))
        ? new Next.Done(element)
        : new Next.Open(OperationError.UNEXPECTED_REPLY);
  }

  private static Next members(Reply reply) {
    if (!(reply instanceof Reply.Array array)) {
      return new Next.Open(OperationError.UNEXPECTED_REPLY);
    }
    return new Next.Done(
        Value.of(
            array.items().stream()
                .map(Reply::toValue)
                .sorted(Comparator.comparing(Value::toString))
                .toList()));
  }

  @Override
  public List<Checker> checkers(WorkloadOptions options) {
    return List.of(new LinearizabilityChecker(LinearizabilityOptions.of(Models.set(List.of()))));
  }

  @Override
  public List<Checker> promises(WorkloadOptions options, ClusterTerms terms) {
    return List.of(new SetChecker(Allowance.of(terms.nodeTimeout())));
  }
}
