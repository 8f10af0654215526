package io.shardquake.workloads.expiry;

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

/** Values that are to live for a while: SET PX and GET. */
public final class ExpiryWorkload implements Workload {
  /** Takes a value and for how many milliseconds it is to live. */
  static final String SET = "set-expiring";

  static final String READ = "read";

  private static final int SHORTEST_MILLIS = 100;
  private static final int MORE_MILLIS = 2_900;

  /** Most look, for what matters is when a value was last and when it was no longer there. */
  private static final double READ_SHARE = 0.8;

  @Override
  public String name() {
    return "expiry";
  }

  @Override
  public Generator generator(WorkloadOptions options) {
    return new KeyTraffic(
        ActiveKeys.fresh(name() + ":", options.activeKeys(), options.operationsPerKey()),
        ExpiryWorkload::choose);
  }

  private static KeyTraffic.Chosen choose(ActiveKey key, RandomSource random) {
    if (random.nextDouble() < READ_SHARE) {
      return new KeyTraffic.Chosen(new Request(READ, key.name(), Value.nil()), false);
    }
    int millis = SHORTEST_MILLIS + random.nextInt(MORE_MILLIS);
    Value argument = Value.pair(Value.of(key.nextNumber()), Value.of(millis));
    return new KeyTraffic.Chosen(new Request(SET, key.name(), argument), true);
  }

  @Override
  public Generator finalGenerator(WorkloadOptions options, List<Value> keys) {
    return FinalReads.of(READ, keys);
  }

  @Override
  public CommandMapping commands(WorkloadOptions options) {
    return ExpiryWorkload::conversation;
  }

  private static Conversation conversation(Request request) {
    String key = KeyName.of(request.key());
    int slot = KeySlot.of(key);
    return switch (request.function()) {
      case READ ->
          SingleCommand.on(
              slot, Command.keyed("GET", key), reply -> new Next.Done(reply.toValue()));
      case SET -> {
        List<Value> argument = ((Value.Sequence) request.value()).items();
        Command set =
            Command.keyed("SET", key, argument.get(0).toString(), "PX", argument.get(1).toString());
        yield SingleCommand.on(
            slot,
            set,
            reply ->
                reply.equals(Reply.OK)
                    ? new Next.Done(request.value())
                    : new Next.Open(OperationError.UNEXPECTED_REPLY));
      }
      default -> throw new IllegalArgumentException("expiry has no function " + request.function());
    };
  }

  @Override
  public List<Checker> checkers(WorkloadOptions options) {
    return List.of(new OneCopy(new ExpiryChecker(Allowance.of(Duration.ZERO))));
  }

  @Override
  public List<Checker> promises(WorkloadOptions options, ClusterTerms terms) {
    return List.of(new ExpiryChecker(Allowance.of(terms.nodeTimeout())));
  }
}
