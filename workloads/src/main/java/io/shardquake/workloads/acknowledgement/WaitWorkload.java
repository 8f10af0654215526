package io.shardquake.workloads.acknowledgement;

import io.shardquake.checkers.Checker;
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
import io.shardquake.workloads.cluster.Turn;
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
 * Registers whose writes wait for a replica (SET, then WAIT): a write gives its value and how many
 * replicas were then known to have it. Judged as {@link RegisterWorkload} is, and besides by what
 * became of the writes that every replica had.
 */
public final class WaitWorkload implements Workload {
  static final String READ = "read";
  static final String WRITE = "write";
  private static final String REPLICAS = "1";

  /**
   * Less than an operation's usual time-out, so that the answer comes before the client gives up.
   */
  private static final String MILLIS = "300";

  private final RegisterWorkload register = new RegisterWorkload();

  @Override
  public String name() {
    return "wait";
  }

  @Override
  public Generator generator(WorkloadOptions options) {
    ActiveKeys fresh =
        ActiveKeys.fresh(name() + ":", options.activeKeys(), options.operationsPerKey());
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
    return WaitWorkload::conversation;
  }

  private static Conversation conversation(Request request) {
    String key = KeyName.of(request.key());
    int slot = KeySlot.of(key);
    return switch (request.function()) {
      case READ ->
          SingleCommand.on(
              slot, Command.keyed("GET", key), reply -> new Turn.Next.Done(reply.toValue()));
      case WRITE -> new Conversation(slot, new WriteAndWait(key, request.value()));
      default ->
          throw new IllegalArgumentException("waiting has no function " + request.function());
    };
  }

  @Override
  public List<Checker> checkers(WorkloadOptions options) {
    return register.checkers(options);
  }

  @Override
  public List<Checker> promises(WorkloadOptions options, ClusterTerms terms) {
    Allowance allowed = Allowance.of(terms.nodeTimeout());
    return List.of(register.promises(options, terms).get(0), new WaitChecker(allowed));
  }

  /** SET and WAIT, sent in one go over one connection, whose writes WAIT tells of. */
  private record WriteAndWait(String key, Value value) implements Turn {
    @Override
    public List<Command> commands() {
      return List.of(
          Command.keyed("SET", key, value.toString()), Command.keyless("WAIT", REPLICAS, MILLIS));
    }

    @Override
    public boolean performs() {
      return true;
    }

    @Override
    public Next after(List<Reply> replies) {
      if (replies.get(0) instanceof Reply.Failure failure) {
        return new Next.Refused(failure.message());
      }
      if (!replies.get(0).equals(Reply.OK)) {
        return new Next.Open(OperationError.UNEXPECTED_REPLY);
      }
      // Whatever WAIT answers, the write was carried out.
      Value replicas = replies.get(1) instanceof Reply.Int ? replies.get(1).toValue() : Value.of(0);
      return new Next.Done(Value.pair(value, replicas));
    }
  }
}
