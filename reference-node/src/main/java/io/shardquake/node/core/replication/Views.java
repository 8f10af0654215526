package io.shardquake.node.core.replication;

import io.shardquake.node.core.config.Configuration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Draws up how replication stands. */
final class Views {
  private Views() {}

  static ReplicationView of(
      Configuration configuration,
      ReplicationLog log,
      Replicas replicas,
      MasterLink master,
      ReplicationGates gates,
      Failover failover,
      SyncCommands sync,
      long nowMillis) {
    ReplicationHistory history = log.history();
    Optional<Backlog> backlog = log.backlog();
    return new ReplicationView(
        master.isFollowing() ? Optional.of(master(log, master, nowMillis)) : Optional.empty(),
        replicas(replicas, nowMillis),
        gates.wantsReplicas() ? OptionalInt.of(gates.goodReplicas()) : OptionalInt.empty(),
        failover.state().word(),
        history.id(),
        history.formerId(),
        history.offset(),
        history.formerUpTo(),
        backlog.isPresent(),
        configuration.number("repl-backlog-size"),
        backlog.map(Backlog::firstOffset).orElse(0L),
        backlog.map(Backlog::length).orElse(0),
        sync.fullSyncs(),
        sync.partialSyncs(),
        sync.partialRefusals());
  }

  private static ReplicationView.Master master(
      ReplicationLog log, MasterLink master, long nowMillis) {
    long sinceContact = (nowMillis - master.lastContact()) / 1000;
    boolean known = master.lastContact() > 0;
    long applied = log.history().offset();
    return new ReplicationView.Master(
        master.host(),
        master.port(),
        master.stage().word(),
        master.isUp(),
        master.isUp() ? sinceContact : -1,
        master
            .snapshot()
            .map(
                snapshot ->
                    new ReplicationView.Sync(
                        Math.max(snapshot.length(), 0),
                        snapshot.received(),
                        (nowMillis - master.heardAt()) / 1000)),
        master.stream().map(MasterStream::received).orElse(applied),
        applied,
        master.isUp() ? OptionalLong.empty() : OptionalLong.of(known ? sinceContact : -1));
  }

  private static List<ReplicationView.Replica> replicas(Replicas replicas, long nowMillis) {
    return replicas.all().stream()
        .map(
            replica ->
                new ReplicationView.Replica(
                    replica.ip(),
                    replica.profile().port(),
                    replica.state().word(),
                    replica.isOnline(),
                    replica.acknowledged(),
                    (nowMillis - replica.acknowledgedAt()) / 1000))
        .toList();
  }
}
