package io.shardquake.node.core.replication;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Transaction;
import io.shardquake.node.core.command.CommandFlag;
import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.command.Gatekeeper;
import io.shardquake.node.core.command.Pause;
import io.shardquake.node.core.config.Configuration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What a node refuses because of its place in replication, in the order of processCommand. */
final class ReplicationGates {
  private final Configuration configuration;
  private final Replicas replicas;
  private final MasterLink master;
  private final LongSupplier now;

  ReplicationGates(
      Configuration configuration, Replicas replicas, MasterLink master, LongSupplier now) {
    this.configuration = configuration;
    this.replicas = replicas;
    this.master = master;
    this.now = now;
  }

  List<Gatekeeper> all() {
    return List.of(
        this::tooFewReplicas, this::readOnly, this::masterDown, this::loading, this::replicaClient);
  }

  /** How many replicas are near enough for {@code min-replicas-to-write}. */
  int goodReplicas() {
    long lag = configuration.number("min-replicas-max-lag") * 1000;
    return replicas.heardSince(now.getAsLong() - lag);
  }

  /** Whether {@code min-replicas-to-write} is in force. */
  boolean wantsReplicas() {
    return configuration.number("min-replicas-to-write") > 0
        && configuration.number("min-replicas-max-lag") > 0;
  }

  private Optional<String> tooFewReplicas(Client client, CommandSpec spec, byte[][] request) {
    boolean refused =
        !master.isFollowing()
            && writes(client, spec)
            && wantsReplicas()
            && goodReplicas() < configuration.number("min-replicas-to-write");
    return say(refused, "NOREPLICAS Not enough good replicas to write.");
  }

  private Optional<String> readOnly(Client client, CommandSpec spec, byte[][] request) {
    boolean refused =
        master.isFollowing() && writes(client, spec) && configuration.yes("replica-read-only");
    return say(refused, "READONLY You can't write against a read only replica.");
  }

  private Optional<String> masterDown(Client client, CommandSpec spec, byte[][] request) {
    boolean refused =
        master.isFollowing()
            && !master.isUp()
            && !spec.is(CommandFlag.STALE)
            && !configuration.yes("replica-serve-stale-data");
    return say(
        refused,
        "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.");
  }

  private Optional<String> loading(Client client, CommandSpec spec, byte[][] request) {
    boolean refused = master.isLoading() && !spec.is(CommandFlag.LOADING);
    return say(refused, "LOADING Redis is loading the dataset in memory");
  }

  private Optional<String> replicaClient(Client client, CommandSpec spec, byte[][] request) {
    boolean refused =
        client.kind() == Client.Kind.REPLICA
            && (Pause.mayReplicate(spec) || spec.is(CommandFlag.READONLY));
    return say(refused, "ERR Replica can't interact with the keyspace");
  }

  private static boolean writes(Client client, CommandSpec spec) {
    return spec.is(CommandFlag.WRITE)
        || (spec.name().equals("exec")
            && client.transaction().map(Transaction::hasWrites).orElse(false));
  }

  private static Optional<String> say(boolean refused, String text) {
    return refused ? Optional.of(text) : Optional.empty();
  }
}
