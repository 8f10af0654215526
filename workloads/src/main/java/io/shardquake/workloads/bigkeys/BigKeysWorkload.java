package io.shardquake.workloads.bigkeys;

import io.shardquake.checkers.Checker;
import io.shardquake.checkers.contract.ClusterTerms;
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
import io.shardquake.workloads.register.RegisterWorkload;
import java.util.List;

/**
 * Registers whose values are two mebibytes long, or as long as {@link WorkloadOptions#valueBytes}
 * if that is more: what moves slowly and makes replicas lag. Every byte that is read is looked at.
 * Judged as {@link RegisterWorkload} is.
 */
public final class BigKeysWorkload implements Workload {
  private static final String READ = "read";
  private static final String WRITE = "write";
  private static final int LEAST_BYTES = 2 << 20;
  private static final int FEWER_KEYS = 20;

  private final RegisterWorkload register = new RegisterWorkload();

  @Override
  public String name() {
    return "big-keys";
  }

  @Override
  public Generator generator(WorkloadOptions options) {
    int keys = Math.max(1, options.activeKeys() / FEWER_KEYS);
    ActiveKeys fresh = ActiveKeys.fresh(name() + ":", keys, options.operationsPerKey());
    return new KeyTraffic(
        fresh,
        (key, random) ->
            random.nextDouble() < options.readShare()
                ? new KeyTraffic.Chosen(new Request(READ, key.name(), Value.nil()), false)
                : new KeyTraffic.Chosen(
                    new Request(WRITE, key.name(), Value.of(key.nextNumber())), true));
  }

  @Override
  public Generator finalGenerator(WorkloadOptions options, List<Value> keys) {
    return FinalReads.of(READ, keys);
  }

  @Override
  public CommandMapping commands(WorkloadOptions options) {
    BigValue values = new BigValue(Math.max(LEAST_BYTES, options.valueBytes()));
    return request -> conversation(request, values);
  }

  private static Conversation conversation(Request request, BigValue values) {
    String key = KeyName.of(request.key());
    int slot = KeySlot.of(key);
    return switch (request.function()) {
      case READ ->
          SingleCommand.on(
              slot, Command.keyed("GET", key), reply -> new Next.Done(values.decode(reply)));
      case WRITE ->
          SingleCommand.on(
              slot,
              Command.keyed("SET", key, values.encode(request.value())),
              reply ->
                  reply.equals(Reply.OK)
                      ? new Next.Done(request.value())
                      : new Next.Open(OperationError.UNEXPECTED_REPLY));
      default ->
          throw new IllegalArgumentException("a big key has no function " + request.function());
    };
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
