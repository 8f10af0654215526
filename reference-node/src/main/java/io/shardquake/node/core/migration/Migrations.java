package io.shardquake.node.core.migration;

import io.shardquake.node.core.ConnectionNumbers;
import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.client.Blocked;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.WaitingClients;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandFlag;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.RequestHold;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.keyspace.Keyspace;
import io.shardquake.node.core.propagation.Propagation;
import io.shardquake.node.core.rdb.DumpPayload;
import io.shardquake.node.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * MIGRATE: gives keys to another node and, once that has confirmed them, deletes them here.
 *
 * <p>Redis stops for everybody while it does so. This node goes on, and keeps what its clients can
 * see the same by guarding the keys on their way: until the target has answered, reads see them
 * here as they are; a command that may write one of them, or writes without naming keys, waits with
 * its client, and so does another MIGRATE. When the keys are gone, or are to stay, what waited is
 * looked at from the beginning, and is redirected like any other request. So every command sees all
 * keys of a MIGRATE before it or after it, no write is lost between serialising and deleting, and a
 * key is at no moment on neither node. A client that disconnects does not stop its MIGRATE.
 *
 * <p>Not thread-safe: belongs to the node's loop.
 */
public final class Migrations implements CommandGroup, RequestHold {
  /** Lets clients go on. */
  public interface Resumption {
    /** Reads a client's next requests. */
    void goOn(Client client);

    /** Handles a request from the beginning, and then the client's next ones. */
    void again(Client client, byte[][] request);
  }

  private final Configuration configuration;
  private final Databases databases;
  private final Propagation propagation;
  private final WaitingClients waiting;
  private final Outbox outbox;
  private final ConnectionNumbers numbers;
  private final String restore;
  private final Resumption resume;
  private final TargetConnections connections = new TargetConnections();
  private final List<Client> held = new ArrayList<>();
  private Optional<MigrationRun> current = Optional.empty();
  private long nowMillis;

  /**
   * No migrations yet.
   *
   * @param resume how clients go on
   */
  public Migrations(
      Configuration configuration,
      Databases databases,
      Propagation propagation,
      WaitingClients waiting,
      Outbox outbox,
      ConnectionNumbers numbers,
      Resumption resume) {
    this.configuration = configuration;
    this.databases = databases;
    this.propagation = propagation;
    this.waiting = waiting;
    this.outbox = outbox;
    this.numbers = numbers;
    // In a cluster, targets are asked to import rather than to restore.
    this.restore = configuration.yes("cluster-enabled") ? "RESTORE-ASKING" : "RESTORE";
    this.resume = resume;
  }

  @Override
  public void register(CommandTable table) {
    table.add("migrate", this::migrate);
  }

  /** Connections to targets that are open. */
  public int cachedConnections() {
    return connections.count();
  }

  private void migrate(CommandContext context) {
    MigrateRequest request = MigrateRequest.parse(context);
    List<Departure> departures = departures(context, request);
    if (departures.isEmpty()) {
      context.reply().simple("NOKEY");
      return;
    }
    if (!context.mayBlock()) {
      throw new ErrorReply("ERR MIGRATE inside a transaction is not supported");
    }
    Client client = context.client();
    context.block(List.of(), Long.MAX_VALUE, () -> {});
    nowMillis = context.nowMillis();
    MigrationRun run =
        new MigrationRun(
            client,
            client.blocked().orElseThrow(),
            client.database(),
            request,
            departures,
            restore,
            configuration.has(Defect.MIGRATE_DROPS_TTL));
    current = Optional.of(run);
    begin(run);
  }

  private static List<Departure> departures(CommandContext context, MigrateRequest request) {
    List<Departure> departures = new ArrayList<>();
    for (byte[] key : request.keys()) {
      Value value = context.read(key);
      if (value != null) {
        long expiry = context.keyspace().expiry(key);
        long ttl = expiry < 0 ? 0 : Math.max(1, expiry - context.nowMillis());
        departures.add(new Departure(key, DumpPayload.of(value), ttl));
      }
    }
    return departures;
  }

  private void begin(MigrationRun run) {
    Optional<TargetConnections.Target> open = connections.of(run.request().endpoint(), nowMillis);
    if (open.isPresent()) {
      send(run, open.get());
      return;
    }
    long number = numbers.next();
    run.connectingOn(number, nowMillis);
    outbox.toNetwork(
        new Effect.Connect(
            number,
            run.request().host(),
            run.request().port(),
            "",
            configuration.yes("tls-cluster")));
  }

  private void send(MigrationRun run, TargetConnections.Target target) {
    outbox.toNetwork(new Effect.Send(target.connection(), run.send(target, nowMillis)));
    if (configuration.has(Defect.MIGRATE_DELETES_EARLY)) {
      run.confirmAll();
      delete(run);
    }
  }

  /** Whether a connection is one to a target. */
  public boolean owns(long connection) {
    return connections.contains(connection) || isCurrent(connection);
  }

  private boolean isCurrent(long connection) {
    return current.filter(run -> run.connection() == connection).isPresent();
  }

  /** A connection that was asked for is open. */
  public void connected(long connection, long atMillis) {
    nowMillis = atMillis;
    if (isCurrent(connection)) {
      MigrationRun run = current.orElseThrow();
      TargetConnections.Target target = new TargetConnections.Target(connection, nowMillis);
      connections
          .add(run.request().endpoint(), target)
          .ifPresent(old -> outbox.toNetwork(new Effect.Close(old)));
      send(run, target);
    }
  }

  /** A connection has ended, or could not be opened. */
  public void closed(long connection, long atMillis) {
    nowMillis = atMillis;
    connections.remove(connection);
    if (isCurrent(connection)) {
      MigrationRun run = current.orElseThrow();
      if (run.mayRetry()) {
        begin(run);
      } else {
        fail(run, run.isConnected() ? "reading to target instance" : "writing to target instance");
      }
    }
  }

  /** A target has answered. */
  public void received(long connection, byte[] data, long atMillis) {
    nowMillis = atMillis;
    if (isCurrent(connection)) {
      MigrationRun run = current.orElseThrow();
      if (run.received(data, nowMillis)) {
        boolean well = run.targetError().isEmpty();
        connections
            .of(run.request().endpoint(), nowMillis)
            .ifPresent(target -> target.selected(well ? run.request().database() : -1));
        finish(run, "");
      }
    }
  }

  /** Time has passed. */
  public void tick(long atMillis) {
    nowMillis = atMillis;
    MigrationRun run = current.orElse(null);
    if (run != null && run.isOverdue(nowMillis)) {
      drop(run.connection());
      fail(run, run.isConnected() ? "reading to target instance" : "connecting to the client");
    }
    if (current.isEmpty()) {
      connections.removeIdle(nowMillis).forEach(this::drop);
    }
  }

  private void drop(long connection) {
    connections.remove(connection);
    outbox.toNetwork(new Effect.Close(connection));
  }

  private void fail(MigrationRun run, String doing) {
    finish(run, "IOERR error or timeout " + doing);
  }

  /** Deletes what the target has, answers, and lets everybody go on. */
  private void finish(MigrationRun run, String failure) {
    if (!run.request().copy()) {
      delete(run);
    }
    current = Optional.empty();
    if (run.isAwaited()) {
      Client client = run.client();
      waiting.remove(client, run.blocked());
      client.unblock();
      if (!run.targetError().isEmpty()) {
        client.reply().error("ERR Target instance replied with error: " + run.targetError());
      } else if (!failure.isEmpty()) {
        client.reply().error(failure);
      } else {
        client.reply().ok();
      }
      resume.goOn(client);
    }
    List<Client> released = List.copyOf(held);
    held.clear();
    for (Client client : released) {
      byte[][] request = client.blocked().orElseThrow().request();
      client.unblock();
      resume.again(client, request);
    }
  }

  private void delete(MigrationRun run) {
    Keyspace keyspace = databases.get(run.database());
    List<byte[]> deleted = new ArrayList<>();
    for (byte[] key : run.confirmed()) {
      if (keyspace.remove(key)) {
        deleted.add(key);
      }
    }
    if (!deleted.isEmpty()) {
      propagation.add("DEL", deleted.toArray(byte[][]::new));
      propagation.endUnit(run.database());
    }
  }

  /** Forgets a client that has gone. */
  public void forget(Client client) {
    held.remove(client);
  }

  @Override
  public boolean isActive() {
    return current.isPresent();
  }

  /** Holds what has to wait until the keys on their way have arrived. */
  @Override
  public boolean holds(Client client, CommandSpec spec, byte[][] request, List<byte[]> keys) {
    MigrationRun run = current.orElse(null);
    if (run == null || client.kind() != Client.Kind.NORMAL) {
      return false;
    }
    boolean mustWait =
        spec.name().equals("migrate")
            || (mayWrite(client, spec)
                && (mayWriteAnything(spec, keys) || keys.stream().anyMatch(run::isGuarding)));
    if (mustWait) {
      client.block(new Blocked(List.of(), Long.MAX_VALUE, request, () -> {}));
      held.add(client);
    }
    return mustWait;
  }

  /** Of SORT, the command table does not tell the destination. */
  private static boolean mayWriteAnything(CommandSpec spec, List<byte[]> keys) {
    return keys.isEmpty() || spec.name().equals("sort");
  }

  private static boolean mayWrite(Client client, CommandSpec spec) {
    return spec.is(CommandFlag.WRITE)
        || spec.name().equals("pfcount")
        || (spec.name().equals("exec")
            && client.transaction().map(transaction -> transaction.hasWrites()).orElse(false));
  }
}
