package io.shardquake.node.core.replication;

import io.shardquake.node.core.ConnectionNumbers;
import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.client.Blocked;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Clients;
import io.shardquake.node.core.client.WaitingClients;
import io.shardquake.node.core.cluster.ReplicationRole;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.Gatekeeper;
import io.shardquake.node.core.command.Pause;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.keyspace.ExpiryPolicy;
import io.shardquake.node.core.propagation.CommandSink;
import io.shardquake.node.core.rdb.SnapshotInfo.ReplicationPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * This node's part in replication, put together: its role, the stream of changes, its replicas and
 * its master. Not thread-safe.
 */
public final class Replication implements ReplicationRole {
  private static final int ID_LENGTH = 40;
  private static final long SECOND = 1000;

  private final Configuration configuration;
  private final Outbox outbox;
  private final Randomness random;
  private final LongSupplier now;
  private final Pause pause;
  private final WaitingClients waiting;
  private final ReplicationLog log;
  private final Replicas replicas = new Replicas();
  private final MasterLink master;
  private final FullSync fullSync;
  private final Failover failover;
  private final Acknowledgements acknowledgements;
  private final SyncCommands sync;
  private final ReplicationGates gates;
  private final ReplicaCare care;
  private final List<Runnable> replacementListeners = new ArrayList<>();
  private long nextSecond = Long.MIN_VALUE;

  /**
   * A master without replicas.
   *
   * @param numbers for the connection to a master
   * @param now Unix milliseconds
   * @param readLater called with the master's client when it has something to be read
   */
  public Replication(
      Configuration configuration,
      Databases databases,
      Clients clients,
      WaitingClients waiting,
      Pause pause,
      Outbox outbox,
      ConnectionNumbers numbers,
      Randomness random,
      LongSupplier now,
      Consumer<Client> readLater) {
    this.configuration = configuration;
    this.outbox = outbox;
    this.random = random;
    this.now = now;
    this.pause = pause;
    this.waiting = waiting;
    this.log = new ReplicationLog(new ReplicationHistory(random.hex(ID_LENGTH)), replicas);
    this.fullSync = new FullSync(configuration, databases, log, replicas, outbox, random, now);
    this.failover = new Failover(log, replicas, pause, new OwnRoles(), outbox, now);
    this.master =
        new MasterLink(
            configuration,
            clients,
            log,
            replicas,
            outbox,
            new MasterConnection(configuration, outbox, numbers, now),
            now,
            readLater,
            new DatasetArrival(configuration, databases, random.below(Integer.MAX_VALUE)),
            new LinkEvents());
    this.acknowledgements = new Acknowledgements(configuration, log, replicas, master, waiting);
    this.sync =
        new SyncCommands(
            configuration,
            log,
            replicas,
            master,
            failover,
            acknowledgements,
            this::lead,
            outbox,
            random,
            now);
    this.gates = new ReplicationGates(configuration, replicas, master, now);
    this.care =
        new ReplicaCare(configuration, log, replicas, master, fullSync, pause, outbox, random, now);
    configuration.onChange(this::configured);
  }

  private void configured(String directive) {
    if (directive.equals("repl-backlog-size")) {
      int size = Backlog.size(configuration);
      log.backlog().ifPresent(backlog -> backlog.resize(size));
    }
  }

  /** Where the effects of commands have to go. */
  public CommandSink stream() {
    return log;
  }

  /**
   * Takes up where an earlier life of this node stood, whose data has been loaded; before the first
   * turn. A replica can resume from there; a master's replicas can.
   */
  public void restore(ReplicationPoint point, boolean asReplica) {
    log.history().adopt(point.id(), point.offset());
    log.openBacklog(Backlog.size(configuration));
    if (asReplica) {
      master.restore(point.database());
    } else {
      log.history().fork(random.hex(ID_LENGTH));
    }
  }

  /** Where this node stands in the stream, for its own files; empty if it is in none. */
  public Optional<ReplicationPoint> point() {
    if (log.backlog().isEmpty()) {
      return Optional.empty();
    }
    int database = master.isFollowing() ? master.selectedDatabase() : log.selectedDatabase();
    return Optional.of(new ReplicationPoint(database, log.history().id(), offset()));
  }

  /** Checks before every command, in Redis's order. */
  public List<Gatekeeper> gatekeepers() {
    return gates.all();
  }

  /** PSYNC, SYNC, REPLCONF, REPLICAOF, SLAVEOF, ROLE, WAIT, FAILOVER. */
  public List<CommandGroup> commands() {
    return List.of(
        sync,
        new RoleCommands(configuration, master, failover, new OwnRoles(), this::view),
        acknowledgements,
        new FailoverCommand(configuration, failover, replicas, master));
  }

  /** Calls {@code listener} whenever all data has been replaced by a master's. */
  public void onReplacement(Runnable listener) {
    replacementListeners.add(listener);
  }

  /** What a client's commands have to do about expired keys, in the node's present role. */
  public ExpiryPolicy expiryPolicy(Client client) {
    if (client.kind() == Client.Kind.MASTER) {
      return ExpiryPolicy.IGNORE;
    }
    if (isReplica() && configuration.has(Defect.RETURN_EXPIRED_KEYS)) {
      return ExpiryPolicy.IGNORE;
    }
    return mayExpire() ? ExpiryPolicy.DELETE : ExpiryPolicy.HIDE;
  }

  /** Whether this node may delete expired keys: a master may, unless it has to stand still. */
  public boolean mayExpire() {
    return !master.isFollowing() && !pause.isActive();
  }

  /** Whether this node follows a master. */
  public boolean isReplica() {
    return master.isFollowing();
  }

  /** Whether a master's data set is being loaded. */
  public boolean isLoading() {
    return master.isLoading();
  }

  /** Whether any replica is attached. */
  public boolean hasReplicas() {
    return !replicas.isEmpty();
  }

  /** Whether every replica has confirmed all of the stream, as a shutdown wants to know. */
  public boolean areReplicasCaughtUp() {
    return replicas.acknowledging(offset()) == replicas.count();
  }

  @Override
  public void followStranger(String host, int port) {
    follow(host, port);
    master.holdsOthersData();
  }

  @Override
  public boolean isOfItsMaster() {
    return master.isOfItsMaster();
  }

  @Override
  public void follow(String host, int port) {
    boolean wasMaster = !master.isFollowing();
    if (wasMaster) {
      if (log.backlog().isEmpty()) {
        log.openBacklog(Backlog.size(configuration));
      }
      releaseBlockedClients();
    }
    log.relay(true);
    master.follow(host, port);
  }

  /** Clients that wait for a change of the data would wait for what this node does not decide. */
  private void releaseBlockedClients() {
    for (Client client : waiting.all()) {
      Blocked blocked = client.blocked().orElseThrow();
      waiting.remove(client, blocked);
      client.unblock();
      client
          .reply()
          .error(
              "UNBLOCKED force unblock from blocking operation, instance state changed (master ->"
                  + " replica?)");
      client.close();
    }
  }

  @Override
  public void lead() {
    if (!master.isFollowing()) {
      return;
    }
    master.leave();
    log.history().fork(random.hex(ID_LENGTH));
    replicas.disconnectAll();
    log.relay(false);
    log.forgetSelection();
    care.promoted();
    outbox.log(Effect.Level.NOTICE, "MASTER MODE enabled");
  }

  @Override
  public long offset() {
    return log.history().offset();
  }

  @Override
  public boolean isLinkUp() {
    return master.isUp();
  }

  @Override
  public long lastContact() {
    return master.lastContact();
  }

  @Override
  public boolean hasMaster() {
    return master.isFollowing();
  }

  @Override
  public void holdWritesUntil(long unixMillis) {
    if (unixMillis == 0) {
      pause.end(Pause.Purpose.FAILOVER);
    } else {
      pause.begin(Pause.Purpose.FAILOVER, Pause.Scope.WRITES, unixMillis);
    }
  }

  /** A connection asked for is open, perhaps one of replication. */
  public void connected(long connection, String localIp) {
    if (master.owns(connection)) {
      master.connected(localIp);
    }
  }

  /** A connection has ended; the client that it was, if it was one, has been forgotten already. */
  public void closed(long connection, String reason) {
    if (master.owns(connection)) {
      master.closed(reason);
    }
  }

  /**
   * Bytes have come.
   *
   * @return whether they came from the master, and have been dealt with
   */
  public boolean received(long connection, byte[] data) {
    if (master.owns(connection)) {
      master.received(data);
      return true;
    }
    replicas.of(connection).ifPresent(replica -> replica.heard(now.getAsLong()));
    return false;
  }

  /** What was sent on a connection has left. */
  public void drained(long connection) {
    replicas.of(connection).ifPresent(replica -> replica.drained(outbox, now.getAsLong()));
  }

  /** A client's request has been dealt with. */
  public void handled(Client client) {
    switch (client.kind()) {
      case NORMAL -> acknowledgements.handled(client);
      case MASTER -> master.handled();
      case REPLICA -> {
        if (client.reply().length() > 0) {
          outbox.log(
              Effect.Level.WARNING,
              "Replica generated a reply to command "
                  + client.lastCommand()
                  + ", disconnecting it");
          client.reply().truncate(0);
          client.close();
        }
      }
    }
  }

  /** A client has gone. */
  public void forget(Client client) {
    replicas.remove(client.connection());
    sync.forget(client);
    acknowledgements.forget(client);
  }

  /** Time has passed. */
  public void tick() {
    if (now.getAsLong() >= nextSecond) {
      nextSecond = now.getAsLong() + SECOND;
      master.everySecond();
      care.everySecond();
    }
  }

  /** Ends a turn: asks for acknowledgements, goes on with synchronizations, sends the stream. */
  public void endTurn() {
    if (acknowledgements.takeWanted() && !pause.isActive()) {
      log.askForAcknowledgement();
    }
    failover.step();
    boolean more = master.load();
    fullSync.startIfDue(
        master.isFollowing() ? Optional.of(master.selectedDatabase()) : Optional.empty());
    more |= fullSync.step();
    care.dropTooSlow();
    replicas.flush(outbox);
    if (more) {
      outbox.toNetwork(new Effect.Again());
    }
  }

  /** How replication stands. */
  public ReplicationView view() {
    return Views.of(configuration, log, replicas, master, gates, failover, sync, now.getAsLong());
  }

  /** This node's roles, for those who change them. */
  private final class OwnRoles implements Failover.Roles {
    @Override
    public void follow(String host, int port) {
      Replication.this.follow(host, port);
    }

    @Override
    public void lead() {
      Replication.this.lead();
    }
  }

  /** What has to be done when the link to the master gets somewhere. */
  private final class LinkEvents implements MasterEvents {
    @Override
    public void beforeLoading() {
      fullSync.abandon();
    }

    @Override
    public void afterLoading() {
      replacementListeners.forEach(Runnable::run);
    }

    @Override
    public void answered(boolean agreed) {
      failover.answered(agreed);
    }

    @Override
    public List<String> lastWords() {
      return failover.lastWords();
    }
  }
}
