package io.shardquake.node.core;

import io.shardquake.node.core.acl.AccessControl;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Clients;
import io.shardquake.node.core.client.WaitingClients;
import io.shardquake.node.core.client.WatchedKeys;
import io.shardquake.node.core.cluster.Cluster;
import io.shardquake.node.core.command.CommandRunner;
import io.shardquake.node.core.command.ErrorStatistics;
import io.shardquake.node.core.command.Pause;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.connection.Admission;
import io.shardquake.node.core.connection.ClientText;
import io.shardquake.node.core.connection.OutputCare;
import io.shardquake.node.core.info.ProcessFacts;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.memory.Eviction;
import io.shardquake.node.core.monitor.LatencyMonitor;
import io.shardquake.node.core.monitor.MonitorCommand;
import io.shardquake.node.core.monitor.SlowLog;
import io.shardquake.node.core.notification.KeyspaceEvents;
import io.shardquake.node.core.persistence.Persistence;
import io.shardquake.node.core.propagation.Propagation;
import io.shardquake.node.core.pubsub.PubSub;
import io.shardquake.node.core.replication.Replication;
import io.shardquake.node.core.scripting.Scripting;
import io.shardquake.node.core.tracking.KeyTracking;
import io.shardquake.node.core.value.ConfiguredLimits;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What a node keeps and what it does by itself: data, connections, cluster, replication,
 * persistence, rights. Put together once; what clients may ask of it is in {@link NodeCommands}.
 */
final class NodeParts {
  final Configuration configuration;
  final LongSupplier micros;
  final Outbox outbox = new Outbox();
  final Clients clients = new Clients();
  final WaitingClients waiting = new WaitingClients();
  final Propagation propagation = new Propagation();
  final ErrorStatistics errors = new ErrorStatistics();
  final MonitorCommand monitor = new MonitorCommand();
  final Pause pause = new Pause();
  final PubSub pubSub = new PubSub();
  final ConnectionNumbers numbers = new ConnectionNumbers();
  final ProcessFacts process = new ProcessFacts();
  final Set<Client> toRead = new LinkedHashSet<>();
  final boolean clusterEnabled;
  final Databases databases;
  final WatchedKeys watchedKeys;
  final KeyTracking tracking;
  final KeyspaceEvents events;
  final Replication replication;
  final Optional<Cluster> cluster;
  final CommandRunner runner;
  final SlowLog slowLog;
  final LatencyMonitor latencies;
  final AccessControl access;
  final Scripting scripting;
  final Admission admission;
  final OutputCare output;
  final ConfiguredLimits limits;
  final Persistence persistence;
  final Eviction eviction;

  /**
   * The parts of a node that is about to start.
   *
   * @param random its only source of chance
   * @param micros its time, in microseconds since 1970
   */
  NodeParts(Configuration configuration, Randomness random, LongSupplier micros) {
    this.configuration = configuration;
    this.micros = micros;
    this.clusterEnabled = configuration.yes("cluster-enabled");
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
    this.runner = new CommandRunner(databases, propagation, replication::expiryPolicy);
    this.slowLog = new SlowLog(configuration);
    this.latencies = new LatencyMonitor(configuration);
    List.of(tracking, events, errors, slowLog, latencies, monitor).forEach(runner::observe);
    this.access =
        new AccessControl(
            configuration, clients, this::millis, client -> ClientText.of(client, millis()));
    this.scripting = new Scripting(propagation, outbox, clusterEnabled, access::mayRun);
    this.admission = new Admission(configuration, clients, access);
    this.output = new OutputCare(configuration, outbox);
    this.limits = new ConfiguredLimits(configuration, random.below(Integer.MAX_VALUE));
    this.persistence = newPersistence();
    replication.onReplacement(persistence::dataReplaced);
    persistence.onLoaded(() -> cluster.ifPresent(Cluster::dataLoaded));
    this.eviction = newEviction(random);
  }

  /** Its time, in milliseconds since 1970. */
  long millis() {
    return micros.getAsLong() / 1000;
  }

  /** Nothing is left of a client that has gone. */
  void forget(Client client) {
    tracking.forget(client);
    monitor.forget(client);
    watchedKeys.unwatch(client);
    pubSub.forget(client);
    client.blocked().ifPresent(blocked -> waiting.remove(client, blocked));
    toRead.remove(client);
    pause.forget(client);
    replication.forget(client);
    output.forget(client);
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
        this::millis,
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
        this::millis);
  }

  private Persistence newPersistence() {
    return new Persistence(
        configuration,
        databases,
        propagation,
        waiting,
        outbox,
        this::millis,
        limits,
        replication::isReplica);
  }

  private Eviction newEviction(Randomness random) {
    return new Eviction(
        configuration,
        databases,
        process,
        propagation,
        random,
        replication::isReplica,
        (database, key) -> events.evicted(database, key));
  }
}
