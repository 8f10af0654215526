package io.shardquake.workloads.bank;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.KeySlot;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.cluster.CommandMapping;
import io.shardquake.workloads.cluster.Conversation;
import io.shardquake.workloads.cluster.SingleCommand;
import io.shardquake.workloads.cluster.Transaction;
import io.shardquake.workloads.cluster.Turn;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.keys.KeyName;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.util.ArrayList;
import java.util.List;

/** Accounts as Redis strings that share a hash tag. */
final class BankCommands implements CommandMapping {
  static final String READ = "read";
  static final String TRANSFER = "transfer";
  static final int ACCOUNTS = 5;

  @Override
  public Conversation conversation(Request request) {
    int slot = KeySlot.of(KeyName.of(request.key()));
    return switch (request.function()) {
      case READ -> SingleCommand.on(slot, balancesOf(request.key()), BankCommands::balances);
      case TRANSFER -> new Conversation(slot, new Look(request.key(), request.value()));
      default -> throw new IllegalArgumentException("a bank has no function " + request.function());
    };
  }

  private static String account(Value bank, long number) {
    return KeyName.within(bank, Long.toString(number));
  }

  private static Command balancesOf(Value bank) {
    List<String> parts = new ArrayList<>(List.of("MGET"));
    for (int i = 0; i < ACCOUNTS; i++) {
      parts.add(account(bank, i));
    }
    return Command.keyed(parts.toArray(String[]::new));
  }

  private static Turn.Next balances(Reply reply) {
    if (!(reply instanceof Reply.Array array) || array.items().size() != ACCOUNTS) {
      return new Turn.Next.Open(OperationError.UNEXPECTED_REPLY);
    }
    return new Turn.Next.Done(Value.of(array.items().stream().map(BankCommands::balance).toList()));
  }

  /** An account that does not exist holds nothing. */
  private static Value balance(Reply reply) {
    return reply == Reply.Absent.ABSENT ? Value.of(0) : reply.toValue();
  }

  /**
   * The first turn of a transfer: watch both accounts and read them. UNWATCH comes first because an
   * earlier transfer may have ended between WATCH and EXEC.
   */
  private record Look(Value bank, Value transfer) implements Turn {
    @Override
    public List<Command> commands() {
      return List.of(
          Command.UNWATCH,
          Command.keyed("WATCH", account(bank, part(0)), account(bank, part(1))),
          Command.keyed("MGET", account(bank, part(0)), account(bank, part(1))));
    }

    @Override
    public boolean performs() {
      return false;
    }

    @Override
    public Next after(List<Reply> replies) {
      for (Reply reply : replies) {
        if (reply instanceof Reply.Failure failure) {
          return new Next.Refused(failure.message());
        }
      }
      if (replies.get(2) instanceof Reply.Array found
          && found.items().size() == 2
          && balance(found.items().get(0)) instanceof Value.Int from
          && balance(found.items().get(1)) instanceof Value.Int to) {
        return new Next.Say(Transaction.of(changes(from.value(), to.value()), this::executed));
      }
      return new Next.NotDone(OperationError.UNEXPECTED_REPLY);
    }

    private List<Command> changes(long from, long to) {
      return List.of(
          Command.keyed("SET", account(bank, part(0)), Long.toString(from - part(2))),
          Command.keyed("SET", account(bank, part(1)), Long.toString(to + part(2))));
    }

    private Next executed(List<Reply> replies) {
      return replies.stream().allMatch(Reply.OK::equals)
          ? new Next.Done(transfer)
          : new Next.Open(OperationError.UNEXPECTED_REPLY);
    }

    private long part(int index) {
      return ((Value.Int) ((Value.Sequence) transfer).items().get(index)).value();
    }
  }
}
