package io.shardquake.node.core.command;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.keyspace.ExpiryPolicy;
import io.shardquake.node.core.propagation.Propagation;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs commands that have passed every check. Not thread-safe. */
public final class CommandRunner {
  private final Databases databases;
  private final Propagation propagation;
  private final Function<Client, ExpiryPolicy> expiryPolicy;
  private long executed;

  /**
   * A runner.
   *
   * @param expiryPolicy what a client's commands are to do about expired keys
   */
  public CommandRunner(
      Databases databases, Propagation propagation, Function<Client, ExpiryPolicy> expiryPolicy) {
    this.databases = databases;
    this.propagation = propagation;
    this.expiryPolicy = expiryPolicy;
  }

  /** Commands run since the start. */
  public long executed() {
    return executed;
  }

  /**
   * Runs one command and collects its effects; the caller ends the unit of propagation.
   *
   * @param readyKey whose change lets a waiting command run again; null if it runs for the first
   *     time
   * @return false if the command has to wait: it has changed and replied nothing
   */
  boolean run(
      Client client,
      CommandSpec spec,
      byte[][] arguments,
      long nowMicros,
      boolean mayBlock,
      byte @Nullable [] readyKey) {
    CommandContext context =
        new CommandContext(
            client,
            spec,
            arguments,
            databases.get(client.database()),
            databases.accesses(),
            propagation,
            expiryPolicy.apply(client),
            nowMicros,
            mayBlock,
            readyKey);
    executed++;
    databases.accesses().now(nowMicros / 1000);
    long before = databases.changes();
    int effectsBefore = propagation.size();
    try {
      spec.handler().execute(context);
    } catch (ErrorReply error) {
      client.reply().error(error.getMessage());
      return true;
    }
    if (context.waits()) {
      return false;
    }
    // What only removed expired keys has changed something, but is itself no change.
    boolean changed = databases.changes() - before > propagation.size() - effectsBefore;
    if (changed && spec.is(CommandFlag.WRITE)) {
      context.propagateAsItCame();
    }
    return true;
  }

  /** Ends the unit of propagation that a client's request was. */
  void endUnit(Client client) {
    propagation.endUnit(client.database());
  }
}
