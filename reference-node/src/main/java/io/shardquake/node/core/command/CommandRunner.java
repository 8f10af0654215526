package io.shardquake.node.core.command;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.keyspace.ExpiryPolicy;
import io.shardquake.node.core.propagation.Propagation;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs commands that have passed every check. Not thread-safe. */
public final class CommandRunner {
  private final Databases databases;
  private final Propagation propagation;
  private final Function<Client, ExpiryPolicy> expiryPolicy;
  private CommandObserver[] observers = new CommandObserver[0];
  private LongSupplier stopwatch = () -> 0;
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

  /** Lets an observer hear of every command from now on; those who came first hear first. */
  public void observe(CommandObserver by) {
    observers = Arrays.copyOf(observers, observers.length + 1);
    observers[observers.length - 1] = by;
  }

  /**
   * Measures how long commands take; nothing but statistics and the slow log goes by it.
   *
   * @param micros a clock that never goes back, in microseconds
   */
  public void measureWith(LongSupplier micros) {
    this.stopwatch = micros;
  }

  /** Tells the observers that a request was not run. */
  void refused(Client client, @Nullable CommandSpec spec, String error) {
    if (spec != null) {
      spec.statistics().refused();
    }
    for (CommandObserver observer : observers) {
      observer.refused(client, error);
    }
  }

  /** Begins to count anew. */
  public void resetCount() {
    executed = 0;
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
    for (CommandObserver observer : observers) {
      observer.begins(client, spec);
    }
    long before = databases.changes();
    int effectsBefore = propagation.size();
    long started = stopwatch.getAsLong();
    boolean failed = false;
    try {
      spec.handler().execute(context);
    } catch (ErrorReply error) {
      client.reply().error(error.getMessage());
      failed = true;
      for (CommandObserver observer : observers) {
        observer.refused(client, error.getMessage());
      }
    }
    if (context.waits()) {
      return false;
    }
    // What only removed expired keys has changed something, but is itself no change.
    boolean changed = databases.changes() - before > propagation.size() - effectsBefore;
    if (changed && !failed && spec.is(CommandFlag.WRITE)) {
      context.propagateAsItCame();
    }
    long took = stopwatch.getAsLong() - started + context.stalledMicros();
    spec.statistics().ran(took, failed);
    CommandObserver.Outcome outcome = new CommandObserver.Outcome(nowMicros, took, failed);
    for (CommandObserver observer : observers) {
      observer.ran(client, spec, arguments, outcome);
    }
    return true;
  }

  /**
   * Ends the unit of propagation that a client's request was. Keys that SCAN and RANDOMKEY come
   * across by chance, and find expired, have nothing to do with each other.
   */
  void endUnit(Client client, CommandSpec spec) {
    if (spec.name().equals("scan") || spec.name().equals("randomkey")) {
      propagation.endUnwrapped(client.database());
    } else {
      propagation.endUnit(client.database());
    }
  }
}
