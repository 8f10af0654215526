package io.shardquake.node.core;

import io.shardquake.node.core.acl.AclCommands;
import io.shardquake.node.core.acl.AclFile;
import io.shardquake.node.core.administration.ConfigCommands;
import io.shardquake.node.core.administration.ConfigRewrite;
import io.shardquake.node.core.administration.LolwutCommand;
import io.shardquake.node.core.administration.ModuleCommand;
import io.shardquake.node.core.administration.ShutdownCommand;
import io.shardquake.node.core.administration.TimeCommand;
import io.shardquake.node.core.bitmap.Bitmaps;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.cluster.Cluster;
import io.shardquake.node.core.cluster.WithoutCluster;
import io.shardquake.node.core.collection.Collections;
import io.shardquake.node.core.command.BlockedClients;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.Dispatcher;
import io.shardquake.node.core.command.Gatekeeper;
import io.shardquake.node.core.command.ScriptedCommands;
import io.shardquake.node.core.command.SlotGate;
import io.shardquake.node.core.command.TransactionCommands;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.connection.ClientCommands;
import io.shardquake.node.core.connection.ConnectionCommands;
import io.shardquake.node.core.connection.KillCommand;
import io.shardquake.node.core.debug.DebugCommand;
import io.shardquake.node.core.geo.GeoCommands;
import io.shardquake.node.core.geo.GeoSearchCommands;
import io.shardquake.node.core.hyperloglog.HyperLogLogCommands;
import io.shardquake.node.core.info.Information;
import io.shardquake.node.core.introspection.CommandCommands;
import io.shardquake.node.core.keys.ExpiryCycle;
import io.shardquake.node.core.keys.Keys;
import io.shardquake.node.core.keyspace.Keyspace;
import io.shardquake.node.core.memory.MemoryCommands;
import io.shardquake.node.core.migration.DumpCommands;
import io.shardquake.node.core.migration.Migrations;
import io.shardquake.node.core.monitor.LatencyCommands;
import io.shardquake.node.core.monitor.SlowLogCommands;
import io.shardquake.node.core.pubsub.PubSubCommands;
import io.shardquake.node.core.sort.SortCommands;
import io.shardquake.node.core.stream.Streams;
import io.shardquake.node.core.strings.Strings;
import io.shardquake.node.core.tracking.TrackingCommands;
import java.util.ArrayList;
import java.util.List;

/** What clients may ask of a node, and the way of a request through it. Put together once. */
final class NodeCommands {
  private static final int RUN_ID_LENGTH = 40;

  private final NodeParts parts;
  final ShutdownCommand shutdown;
  final Information information;
  final Migrations migrations;
  final ExpiryCycle expiryCycle;
  final Dispatcher dispatcher;
  final BlockedClients blockedClients;
  final RequestLoop requests;
  private final CommandTable table;

  NodeCommands(NodeParts parts, Randomness random) {
    this.parts = parts;
    this.shutdown = new ShutdownCommand(parts.persistence, parts.pause, parts.outbox);
    this.information = newInformation(random);
    this.migrations =
        new Migrations(
            parts.configuration,
            parts.databases,
            parts.propagation,
            parts.waiting,
            parts.outbox,
            parts.numbers,
            new Resumption());
    this.expiryCycle =
        new ExpiryCycle(
            parts.databases, parts.propagation, () -> !parts.replication.isReplica(), () -> "DEL");
    TransactionCommands transactions =
        new TransactionCommands(parts.runner, parts.watchedKeys, parts.databases);
    PubSubCommands messages =
        new PubSubCommands(parts.pubSub, parts.cluster.map(present -> present::publish));
    List<CommandGroup> groups = new ArrayList<>(List.of(transactions, messages));
    groups.addAll(ofConnections(random));
    groups.addAll(ofOperation());
    groups.addAll(ofData(random));
    parts.databases.keepFunctionsIn(parts.scripting.store());
    groups.addAll(parts.scripting.groups());
    this.table = CommandTable.of(groups);
    this.dispatcher = newDispatcher(transactions, messages);
    parts.scripting.runThrough(new ScriptedCommands(table, dispatcher, parts.clusterEnabled));
    parts.access.know(table);
    dispatcher.checkAccess(parts.access);
    dispatcher.varyBy(parts.scripting);
    dispatcher.afterEachRequest(parts.tracking::requestEnded);
    this.blockedClients = new BlockedClients(parts.waiting, dispatcher);
    this.requests =
        new RequestLoop(
            parts.configuration,
            parts.clients,
            parts.toRead,
            parts.pause,
            parts.waiting,
            blockedClients,
            dispatcher,
            parts.replication,
            information.traffic(),
            parts.output,
            parts.outbox);
  }

  private Information newInformation(Randomness random) {
    return new Information(
        parts.configuration,
        parts.clients,
        parts.waiting,
        parts.databases,
        parts.runner,
        parts.replication::view,
        parts.process,
        parts.errors,
        this::table,
        text -> {
          text.field("number_of_cached_scripts", parts.scripting.scripts());
          text.field("number_of_functions", parts.scripting.functions());
          text.field("number_of_libraries", parts.scripting.libraries());
        },
        new StatisticsFields(
            parts.databases, parts.pubSub, parts.tracking, parts.errors, parts.eviction),
        parts.persistence.section(),
        random.hex(RUN_ID_LENGTH),
        parts.micros);
  }

  private List<CommandGroup> ofConnections(Randomness random) {
    return List.of(
        new ConnectionCommands(
            parts.configuration,
            parts.watchedKeys,
            parts.replication::isReplica,
            client -> {
              parts.pubSub.forget(client);
              parts.tracking.forget(client);
            },
            parts.access),
        new ClientCommands(parts.clients, parts.pause, new Unblocking()),
        new KillCommand(parts.clients, parts.access::hasUser),
        new AclCommands(
            parts.access,
            new AclFile(
                parts.access,
                parts.configuration,
                parts.persistence.disk(),
                parts.waiting,
                parts.outbox),
            random),
        new TrackingCommands(parts.tracking, parts.clients),
        new CommandCommands());
  }

  private List<CommandGroup> ofOperation() {
    List<CommandGroup> groups =
        new ArrayList<>(
            List.of(
                information.command(),
                shutdown,
                new ConfigCommands(
                    parts.configuration,
                    new ConfigRewrite(
                        parts.configuration,
                        parts.persistence.disk(),
                        parts.waiting,
                        parts.outbox,
                        information::configFile,
                        parts.access::lines),
                    this::resetStatistics),
                new TimeCommand(),
                new MemoryCommands(parts.databases, information.process(), parts.replication::view),
                new LolwutCommand(),
                new ModuleCommand(),
                parts.monitor,
                new SlowLogCommands(parts.slowLog),
                new LatencyCommands(parts.latencies)));
    groups.add(
        new DebugCommand(
            parts.configuration, parts.databases, expiryCycle, parts.limits, parts.outbox));
    groups.add(parts.persistence.commands());
    groups.addAll(parts.replication.commands());
    groups.addAll(parts.cluster.map(Cluster::commands).orElse(List.of(new WithoutCluster())));
    return groups;
  }

  private List<CommandGroup> ofData(Randomness random) {
    Configuration configuration = parts.configuration;
    List<CommandGroup> groups =
        new ArrayList<>(
            List.of(
                new DumpCommands(configuration, parts.limits),
                migrations,
                new HyperLogLogCommands(configuration),
                new GeoCommands(),
                new GeoSearchCommands(parts.limits),
                new SortCommands(configuration, parts.limits)));
    groups.addAll(Collections.commands(configuration, random));
    groups.addAll(Keys.commands(configuration, parts.databases, random));
    groups.addAll(Strings.commands(configuration));
    groups.addAll(Streams.commands(configuration));
    groups.addAll(Bitmaps.commands(configuration));
    return groups;
  }

  private Dispatcher newDispatcher(TransactionCommands transactions, PubSubCommands messages) {
    List<Gatekeeper> gatekeepers =
        new ArrayList<>(List.of(parts.eviction, parts.persistence.misconfiguration()));
    gatekeepers.addAll(parts.replication.gatekeepers());
    gatekeepers.addAll(List.of(messages, parts.persistence.loadingGate()));
    return new Dispatcher(
        table,
        parts.runner,
        transactions,
        parts.waiting,
        parts.access::needsAuthentication,
        parts.cluster.map(Cluster::slotGate).orElse(SlotGate.OPEN),
        gatekeepers,
        parts.pause,
        migrations,
        parts.configuration);
  }

  private CommandTable table() {
    return table;
  }

  private void resetStatistics() {
    table.resetStatistics();
    parts.errors.reset();
    information.traffic().reset();
    parts.runner.resetCount();
    parts.clients.resetCount();
    parts.databases.accesses().resetCounts();
    parts.databases.all().forEach(Keyspace::resetCount);
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
      parts.toRead.add(client);
    }

    @Override
    public void again(Client client, byte[][] request) {
      dispatcher.handle(client, request, parts.micros.getAsLong());
      parts.toRead.add(client);
    }
  }
}
