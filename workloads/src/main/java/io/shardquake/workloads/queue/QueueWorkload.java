package io.shardquake.workloads.queue;

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
import io.shardquake.workloads.generator.RandomSource;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.keys.ActiveKey;
import io.shardquake.workloads.keys.ActiveKeys;
import io.shardquake.workloads.keys.FinalReads;
import io.shardquake.workloads.keys.KeyName;
import io.shardquake.workloads.keys.KeyTraffic;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.time.Duration;
import java.util.List;

/** Queues of unique items: LPUSH at one end, RPOP at the other, LRANGE in the end. */
public final class QueueWorkload implements Workload {
  static final String ENQUEUE = "enqueue";
  static final String DEQUEUE = "dequeue";
  static final String CONTENTS = "contents";

  /** More go in than come out, so that there is something in it when a master fails. */
  private static final double ENQUEUE_SHARE = 0.6;

  @Override
  public String name() {
    return "queue";
  }

  @Override
  public Generator generator(WorkloadOptions options) {
    ActiveKeys keys =
        ActiveKeys.fresh(name() + ":", options.activeKeys(), options.operationsPerKey());
    return new KeyTraffic(keys, QueueWorkload::choose);
  }

  private static KeyTraffic.Chosen choose(ActiveKey key, RandomSource random) {
    return random.nextDouble() < ENQUEUE_SHARE
        ? new KeyTraffic.Chosen(new Request(ENQUEUE, key.name(), Value.of(key.nextNumber())), true)
        : new KeyTraffic.Chosen(new Request(DEQUEUE, key.name(), Value.nil()), false);
  }

  @Override
  public Generator finalGenerator(WorkloadOptions options, List<Value> keys) {
    return FinalReads.of(CONTENTS, keys);
  }

  @Override
  public CommandMapping commands(WorkloadOptions options) {
    return QueueWorkload::conversation;
  }

  private static Conversation conversation(Request request) {
    String key = KeyName.of(request.key());
    int slot = KeySlot.of(key);
    return switch (request.function()) {
      case ENQUEUE ->
          SingleCommand.on(
              slot,
              Command.keyed("LPUSH", key, request.value().toString()),
              reply ->
                  reply instanceof Reply.Int
                      ? new Next.Done(request.value())
                      : new Next.Open(OperationError.UNEXPECTED_REPLY));
      case DEQUEUE -> SingleCommand.on(slot, Command.keyed("RPOP", key), QueueWorkload::item);
      case CONTENTS ->
          SingleCommand.on(slot, Command.keyed("LRANGE", key, "0", "-1"), QueueWorkload::items);
      default ->
          throw new IllegalArgumentException("a queue has no function " + request.function());
    };
  }

  private static Next item(Reply reply) {
    return reply instanceof Reply.Text || reply == Reply.Absent.ABSENT
        ? new Next.Done(reply.toValue())
        : new Next.Open(OperationError.UNEXPECTED_REPLY);
  }

  private static Next items(Reply reply) {
    return reply instanceof Reply.Array
        ? new Next.Done(reply.toValue())
        : new Next.Open(OperationError.UNEXPECTED_REPLY);
  }

  @Override
  public List<Checker> checkers(WorkloadOptions options) {
    return List.of(new OneCopy(new QueueChecker(Allowance.of(Duration.ZERO))));
  }

  @Override
  public List<Checker> promises(WorkloadOptions options, ClusterTerms terms) {
    return List.of(new QueueChecker(Allowance.of(terms.nodeTimeout())));
  }
}
