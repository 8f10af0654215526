package io.shardquake.node.core.command;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Transaction;
import io.shardquake.node.core.client.WatchedKeys;
import io.shardquake.node.core.keyspace.Databases;
import java.util.Optional;

/** MULTI, EXEC, DISCARD, WATCH, UNWATCH (Redis documentation, "Transactions"). */
public final class TransactionCommands implements CommandGroup {
  private final CommandRunner runner;
  private final WatchedKeys watchedKeys;
  private final Databases databases;
  private Gatekeeper eachTime = (client, spec, request) -> Optional.empty();

  public TransactionCommands(CommandRunner runner, WatchedKeys watchedKeys, Databases databases) {
    this.runner = runner;
    this.watchedKeys = watchedKeys;
    this.databases = databases;
  }

  /** Asks whether each command of a transaction may run, when its turn comes. */
  void checkEach(Gatekeeper gatekeeper) {
    eachTime = gatekeeper;
  }

  @Override
  public void register(CommandTable table) {
    table.add("multi", this::multi);
    table.add("exec", context -> exec(context, table));
    table.add("discard", this::discard);
    table.add("watch", this::watch);
    table.add("unwatch", this::unwatch);
  }

  private void multi(CommandContext context) {
    if (context.client().transaction().isPresent()) {
      throw new ErrorReply("ERR MULTI calls can not be nested");
    }
    context.client().begin(new Transaction());
    context.reply().ok();
  }

  private void exec(CommandContext context, CommandTable table) {
    Client client = context.client();
    Transaction transaction =
        client.transaction().orElseThrow(() -> new ErrorReply("ERR EXEC without MULTI"));
    boolean watchBroken =
        client.isWatchBroken()
            || WatchedKeys.anyExpired(client, databases.all(), context.nowMillis());
    end(client);
    if (transaction.isBroken()) {
      throw new ErrorReply("EXECABORT Transaction discarded because of previous errors.");
    }
    if (watchBroken) {
      context.reply().nullArray();
      return;
    }
    context.propagateNothing();
    context.reply().array(transaction.queued().size());
    for (byte[][] request : transaction.queued()) {
      CommandSpec spec = table.lookUp(request);
      Optional<String> refusal = eachTime.refusal(client, spec, request);
      if (refusal.isPresent()) {
        context.reply().error(refusal.get());
      } else {
        runner.run(client, spec, request, context.nowMicros(), false, null);
      }
    }
  }

  private void discard(CommandContext context) {
    if (context.client().transaction().isEmpty()) {
      throw new ErrorReply("ERR DISCARD without MULTI");
    }
    end(context.client());
    context.reply().ok();
  }

  private void watch(CommandContext context) {
    if (context.client().transaction().isPresent()) {
      throw new ErrorReply("ERR WATCH inside MULTI is not allowed");
    }
    for (int i = 1; i < context.count(); i++) {
      byte[] key = context.argument(i);
      watchedKeys.watch(
          context.client(), key, context.keyspace().isExpired(key, context.nowMillis()));
    }
    context.reply().ok();
  }

  private void unwatch(CommandContext context) {
    watchedKeys.unwatch(context.client());
    context.reply().ok();
  }

  /** Ends a client's transaction and its watches. */
  void end(Client client) {
    client.endTransaction();
    watchedKeys.unwatch(client);
  }
}
