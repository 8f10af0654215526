package io.shardquake.node.core;

import io.shardquake.node.core.acl.AccessControl;
import io.shardquake.node.core.acl.AclCommands;
import io.shardquake.node.core.administration.ConfigCommands;
import io.shardquake.node.core.administration.ConfigRewrite;
import io.shardquake.node.core.administration.LolwutCommand;
import io.shardquake.node.core.administration.ModuleCommand;
import io.shardquake.node.core.administration.ShutdownCommand;
import io.shardquake.node.core.administration.TimeCommand;
import io.shardquake.node.core.bitmap.Bitmaps;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Clients;
import io.shardquake.node.core.client.WaitingClients;
import io.shardquake.node.core.client.WatchedKeys;
import io.shardquake.node.core.cluster.Cluster;
import io.shardquake.node.core.cluster.ClusterInsight;
import io.shardquake.node.core.cluster.WithoutCluster;
import io.shardquake.node.core.collection.Collections;
import io.shardquake.node.core.command.BlockedClients;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandRunner;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.Dispatcher;
import io.shardquake.node.core.command.ErrorStatistics;
import io.shardquake.node.core.command.Gatekeeper;
import io.shardquake.node.core.command.Pause;
import io.shardquake.node.core.command.ScriptedCommands;
import io.shardquake.node.core.command.SlotGate;
import io.shardquake.node.core.command.TransactionCommands;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.connection.Admission;
import io.shardquake.node.core.connection.ClientCommands;
import io.shardquake.node.core.connection.ClientText;
import io.shardquake.node.core.connection.ConnectionCommands;
import io.shardquake.node.core.connection.KillCommand;
import io.shardquake.node.core.debug.DebugCommand;
import io.shardquake.node.core.geo.GeoCommands;
import io.shardquake.node.core.geo.GeoSearchCommands;
import io.shardquake.node.core.hyperloglog.HyperLogLogCommands;
import io.shardquake.node.core.info.Information;
import io.shardquake.node.core.info.ProcessFacts;
import io.shardquake.node.core.introspection.CommandCommands;
import io.shardquake.node.core.keys.ExpiryCycle;
import io.shardquake.node.core.keys.Keys;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.keyspace.Keyspace;
import io.shardquake.node.core.memory.Eviction;
import io.shardquake.node.core.memory.MemoryCommands;
import io.shardquake.node.core.migration.DumpCommands;
import io.shardquake.node.core.migration.Migrations;
import io.shardquake.node.core.monitor.LatencyCommands;
import io.shardquake.node.core.monitor.LatencyMonitor;
import io.shardquake.node.core.monitor.MonitorCommand;
import io.shardquake.node.core.monitor.SlowLog;
import io.shardquake.node.core.monitor.SlowLogCommands;
import io.shardquake.node.core.notification.KeyspaceEvents;
import io.shardquake.node.core.persistence.Persistence;
import io.shardquake.node.core.propagation.CommandSink;
import io.shardquake.node.core.propagation.Propagation;
import io.shardquake.node.core.pubsub.PubSub;
import io.shardquake.node.core.pubsub.PubSubCommands;
import io.shardquake.node.core.replication.Replication;
import io.shardquake.node.core.scripting.Scripting;
import io.shardquake.node.core.sort.SortCommands;
import io.shardquake.node.core.stream.Streams;
import io.shardquake.node.core.strings.Strings;
import io.shardquake.node.core.tracking.KeyTracking;
import io.shardquake.node.core.tracking.TrackingCommands;
import io.shardquake.node.core.value.ConfiguredLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A Redis node as a state machine: each {@link #turn} takes what happened and the time, and gives
 * what is to be done, as data. It calls no clock, no thread, no socket and no file, so that the
 * same inputs always give the same effects. Not thread-safe: one loop owns it, as one thread owns
 * Redis.
 */
public final class Node {
  private static final int RUN_ID_LENGTH = 40;

  private final Configuration configuration;
  private final Outbox outbox = new Outbox();
  private final Clients clients = new Clients();
  private final WaitingClients waiting = new WaitingClients();
  private final Databases databases;
  private final WatchedKeys watchedKeys;
  private final Propagation propagation = new Propagation();
  private final CommandRunner runner;
  private final KeyTracking tracking;
  private final ErrorStatistics errors = new ErrorStatistics();
  private final MonitorCommand monitor = new MonitorCommand();
  private final CommandTable table;
  private final Dispatcher dispatcher;
  private final BlockedClients blockedClients;
  private final RequestLoop requests;
  private final Optional<Cluster> cluster;
  private final Pause pause = new Pause();
  private final Replication replication;
  private final PubSub pubSub = new PubSub();
  private final ConnectionNumbers numbers = new ConnectionNumbers();
  private final Information information;
  private final Persistence persistence;
  private final ShutdownCommand shutdown;
  private final Migrations migrations;
  private final AccessControl access;
  private final Admission admission;
  private final Eviction eviction;
  private final KeyspaceEvents events;
  private final ExpiryCycle expiryCycle;
  private final Set<Client> toRead = new LinkedHashSet<>();
  private long nowMicros;

  /**
   * A node that is about to start.
   *
   * @param random its only source of chance
   * @param unixMicros the time
   */
  public Node(Configuration configuration, Randomness random, long unixMicros) {
    this.nowMicros = unixMicros;
    this.configuration = configuration;
    boolean clusterEnabled = configuration.yes("cluster-enabled");
    this.databases = new Databases(clusterEnabled, (int) configuration.number("databases"), random);
    this.watchedKeys = new WatchedKeys(databases.count());
    this.tracking = new KeyTracking(clients);
    this.events =
        new KeyspaceEvents(
            configuration,
            databases,
            (channel, message) -> pubSub.deliver(false, channel, message));
    for (int i = 0; i < databases.count(); i++) {
      databases.get(i).observe(new ChangeListeners(i, watchedKeys, waiting, tracking, events));
    }
    this.replication = newReplication(random);
    propagation.addSink(replication.stream());
    this.cluster = clusterEnabled ? Optional.of(newCluster(random)) : Optional.empty();
    CommandRunner runner = new CommandRunner(databases, propagation, replication::expiryPolicy);
    this.runner = runner;
    SlowLog slowLog = new SlowLog(configuration);
    LatencyMonitor latencies = new LatencyMonitor(configuration);
    List.of(tracking, events, errors, slowLog, latencies, monitor).forEach(runner::observe);
    TransactionCommands transactions = new TransactionCommands(runner, watchedKeys, databases);
    this.access =
        new AccessControl(
            configuration,
            clients,
            () -> nowMicros / 1000,
            client -> ClientText.of(client, nowMicros / 1000));
    Scripting scripting = new Scripting(propagation, outbox, clusterEnabled, access::mayRun);
    this.admission = new Admission(configuration, clients, access);
    ConnectionCommands connections =
        new ConnectionCommands(
            configuration, watchedKeys, replication::isReplica, pubSub::forget, access);
    PubSubCommands messages =
        new PubSubCommands(pubSub, this.cluster.map(present -> present::publish));
    ConfiguredLimits limits = new ConfiguredLimits(configuration, random.below(Integer.MAX_VALUE));
    this.persistence =
        new Persistence(
            configuration,
            databases,
            propagation,
            waiting,
            outbox,
            () -> nowMicros / 1000,
            limits,
            replication::isReplica);
    replication.onReplacement(persistence::dataReplaced);
    this.shutdown = new ShutdownCommand(persistence, pause, outbox);
    ProcessFacts process = new ProcessFacts();
    this.eviction =
        new Eviction(
            configuration,
            databases,
            process,
            propagation,
            random,
            replication::isReplica,
            (database, key) -> events.evicted(database, key));
    this.information =
        new Information(
            configuration,
            clients,
            waiting,
            databases,
            runner,
            replication::view,
            process,
            errors,
            this::table,
            text -> {
              text.field("number_of_cached_scripts", scripting.scripts());
              text.field("number_of_functions", scripting.functions());
              text.field("number_of_libraries", scripting.libraries());
            },
            new StatisticsFields(databases, pubSub, tracking, errors, eviction),
            persistence.section(),
            random.hex(RUN_ID_LENGTH),
            () -> nowMicros);
    DumpCommands dumps = new DumpCommands(configuration, limits);
    this.migrations =
        new Migrations(
            configuration, databases, propagation, waiting, outbox, numbers, new Resumption());
    List<CommandGroup> groups =
        new ArrayList<>(
            List.of(connections, transactions, information.command(), shutdown, dumps, migrations));
    groups.addAll(
        List.of(
            new ClientCommands(clients, pause, new Unblocking()),
            new KillCommand(clients, access::hasUser),
            new AclCommands(access, random),
            new TrackingCommands(tracking, clients),
            new CommandCommands(),
            new ConfigCommands(
                configuration,
                new ConfigRewrite(
                    configuration,
                    persistence.disk(),
                    waiting,
                    outbox,
                    information::configFile,
                    List::of),
                this::resetStatistics),
            new TimeCommand(),
            new HyperLogLogCommands(configuration),
            new GeoCommands(),
            new GeoSearchCommands(limits),
            new SortCommands(configuration, limits),
            new MemoryCommands(databases, information.process(), replication::view),
            new LolwutCommand(),
            new ModuleCommand(),
            monitor,
            new SlowLogCommands(slowLog),
            new LatencyCommands(latencies)));
    groups.add(persistence.commands());
    groups.addAll(replication.commands());
    groups.addAll(Collections.commands(configuration, random));
    this.expiryCycle =
        new ExpiryCycle(databases, propagation, () -> !replication.isReplica(), () -> "DEL");
    groups.addAll(Keys.commands(configuration, databases, random));
    groups.addAll(Strings.commands(configuration));
    groups.addAll(Streams.commands(configuration));
    groups.addAll(Bitmaps.commands(configuration));
    groups.add(messages);
    groups.add(new DebugCommand(configuration, databases, expiryCycle, limits, outbox));
    groups.addAll(this.cluster.map(Cluster::commands).orElse(List.of(new WithoutCluster())));
    databases.keepFunctionsIn(scripting.store());
    groups.addAll(scripting.groups());
    List<Gatekeeper> gatekeepers =
        new ArrayList<>(List.of(eviction, persistence.misconfiguration()));
    gatekeepers.addAll(replication.gatekeepers());
    gatekeepers.addAll(List.of(messages, persistence.loadingGate()));
    this.table = CommandTable.of(groups);
    this.dispatcher =
        new Dispatcher(
            table,
            runner,
            transactions,
            waiting,
            access::needsAuthentication,
            this.cluster.map(Cluster::slotGate).orElse(SlotGate.OPEN),
            gatekeepers,
            pause,
            migrations,
            configuration);
    scripting.runThrough(new ScriptedCommands(table, dispatcher, clusterEnabled));
    access.know(table);
    dispatcher.checkAccess(access);
    dispatcher.varyBy(scripting);
    dispatcher.afterEachRequest(tracking::requestEnded);
    this.blockedClients = new BlockedClients(waiting, dispatcher);
    this.requests =
        new RequestLoop(
            configuration,
            clients,
            toRead,
            pause,
            waiting,
            blockedClients,
            dispatcher,
            replication,
            information.traffic(),
            outbox);
  }

  private Replication newReplication(Randomness random) {
    return new Replication(
        configuration,
        databases,
        clients,
        waiting,
        pause,
        outbox,
        numbers,
        random,
        () -> nowMicros / 1000,
        toRead::add);
  }

  private Cluster newCluster(Randomness random) {
    return new Cluster(
        configuration,
        databases.get(0),
        propagation,
        replication,
        pubSub,
        outbox,
        numbers,
        random,
        () -> nowMicros / 1000);
  }

  /**
   * Takes up what the file {@code nodes.conf} of an earlier life says; before the first turn.
   *
   * @throws IllegalArgumentException if that is no such file, with the line and the reason
   */
  public void restoreCluster(byte[] nodesConf) {
    cluster.ifPresent(present -> present.restore(nodesConf));
  }

  /** What an observer may know of its part in a cluster; empty if it takes part in none. */
  public Optional<ClusterInsight> clusterInsight() {
    return cluster.map(Cluster::insight);
  }

  /** Lets a sink hear from now on of everything that goes to the log and to replicas. */
  public void propagateTo(CommandSink sink) {
    propagation.addSink(sink);
  }

  /**
   * Lets things happen.
   *
   * @param unixMicros the time; does not have to be later than that of the last turn
   * @param inputs what happened, in order
   * @return what is to be done, in order
   */
  public List<Effect> turn(long unixMicros, List<Input> inputs) {
    this.nowMicros = unixMicros;
    for (Input input : inputs) {
      handle(input);
      requests.drain(nowMicros);
    }
    cluster.ifPresent(Cluster::endTurn);
    persistence.endTurn();
    replication.endTurn();
    tracking.endTurn();
    for (Client client : requests.sendReplies()) {
      clients.remove(client.connection());
      forget(client);
    }
    return outbox.take();
  }

  private void handle(Input input) {
    if (input instanceof Input.Received received) {
      received(received);
    } else if (input instanceof Input.Accepted accepted) {
      accepted(accepted);
    } else if (input instanceof Input.Connected connected) {
      replication.connected(connected.connection(), connected.localAddress());
      migrations.connected(connected.connection(), nowMicros / 1000);
      cluster.ifPresent(present -> present.connected(connected.connection()));
    } else if (input instanceof Input.Closed closed) {
      clients.remove(closed.connection()).ifPresent(this::forget);
      replication.closed(closed.connection(), closed.reason());
      migrations.closed(closed.connection(), nowMicros / 1000);
      cluster.ifPresent(present -> present.closed(closed.connection()));
    } else if (input instanceof Input.Tick) {
      information.tick();
      blockedClients.tick(nowMicros / 1000);
      admission.closeIdle(nowMicros / 1000);
      persistence.tick();
      migrations.tick(nowMicros / 1000);
      if (!persistence.isLoading()) {
        expiryCycle.tick(nowMicros / 1000);
        replication.tick();
        cluster.ifPresent(Cluster::tick);
      }
    } else if (input instanceof Input.Done done) {
      persistence.done(done);
    } else if (input instanceof Input.FilePiece piece) {
      persistence.piece(piece);
    } else if (input instanceof Input.Drained drained) {
      replication.drained(drained.connection());
    } else if (input instanceof Input.Vitals vitals) {
      information.measured(vitals);
    } else if (input instanceof Input.Started started) {
      information.started(started);
      persistence.start((client, request) -> dispatcher.handle(client, request, nowMicros));
    } else if (input instanceof Input.Terminate) {
      shutdown.end();
    }
  }

  private void received(Input.Received received) {
    long connection = received.connection();
    if (replication.received(connection, received.data())) {
      return;
    }
    Optional<Client> client = clients.of(connection);
    if (client.isPresent()) {
      client.get().parser().feed(received.data());
      information.traffic().received(received.data().length);
      toRead.add(client.get());
    } else if (migrations.owns(connection)) {
      migrations.received(connection, received.data(), nowMicros / 1000);
    } else {
      cluster.ifPresent(present -> present.received(connection, received.data()));
    }
  }

  private void accepted(Input.Accepted accepted) {
    if (accepted.listener() == Input.Listener.BUS) {
      cluster.ifPresent(
          present ->
              present.accepted(
                  accepted.connection(), accepted.remoteAddress(), accepted.localAddress()));
      return;
    }
    Optional<String> refusal = admission.refusal(accepted.remoteAddress());
    if (refusal.isPresent()) {
      information.traffic().rejected();
      byte[] text = refusal.get().getBytes(StandardCharsets.US_ASCII);
      outbox.toNetwork(new Effect.Send(accepted.connection(), text));
      outbox.toNetwork(new Effect.Close(accepted.connection()));
      return;
    }
    access.welcome(
        clients.add(
            accepted.connection(),
            accepted.remoteAddress() + ":" + accepted.remotePort(),
            accepted.localAddress() + ":" + accepted.localPort(),
            nowMicros / 1000));
  }

  private void forget(Client client) {
    tracking.forget(client);
    monitor.forget(client);
    watchedKeys.unwatch(client);
    pubSub.forget(client);
    client.blocked().ifPresent(blocked -> waiting.remove(client, blocked));
    toRead.remove(client);
    pause.forget(client);
    replication.forget(client);
    migrations.forget(client);
  }

  /**
   * Measures how long commands take; nothing but statistics and the slow log goes by it.
   *
   * @param micros a clock that never goes back, in microseconds
   */
  public void measureWith(LongSupplier micros) {
    runner.measureWith(micros);
  }

  private void resetStatistics() {
    table.resetStatistics();
    errors.reset();
    information.traffic().reset();
    runner.resetCount();
    clients.resetCount();
    databases.accesses().resetCounts();
    databases.all().forEach(Keyspace::resetCount);
  }

  private CommandTable table() {
    return table;
  }

  /** Ends the waiting of clients that others want to go on (CLIENT UNBLOCK). */
  private final class Unblocking implements ClientCommands.Waiting {
    @Override
    public void giveUp(Client client) {
      blockedClients.giveUp(client);
    }

    @Override
    public void fail(Client client, String error) {
      blockedClients.fail(client, error);
    }
  }

  /** Lets clients go on that a migration has kept waiting. */
  private final class Resumption implements Migrations.Resumption {
    @Override
    public void goOn(Client client) {
      toRead.add(client);
    }

    @Override
    public void again(Client client, byte[][] request) {
      dispatcher.handle(client, request, nowMicros);
      toRead.add(client);
    }
  }
}
