package io.shardquake.faults.injector.admin;

import io.shardquake.checkers.history.Value;
import io.shardquake.faults.injector.admin.Peers.Peer;
import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.nemesis.Waits.Attempt;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.Parameter;
import io.shardquake.faults.plan.Selector.Group;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** CLUSTER FAILOVER, sent to a replica of the struck master. */
final class ManualFailover implements Injector {
  private static final String MODE = "mode";
  private static final String NORMAL = "normal";

  static final FaultKind KIND =
      new FaultKind(
          "failover",
          "lets a replica take its master's place, as an administrator would",
          """
          A normal failover waits until the replica has everything that its master acknowledged: no \
          acknowledged write may be lost, and clients wait for at most some seconds. With force the \
          master is not asked, and with takeover not even the other masters: what the replica had \
          not received is lost. Two takeovers at once may claim the same config epoch, which the \
          cluster has to sort out.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.CALM),
              new Aim(Group.RANDOM_MASTER, Intensity.NORMAL).with(MODE, "force"),
              new Aim(Group.RANDOM_MASTER, Intensity.BRUTAL).with(MODE, "takeover"),
              new Aim(Group.ALL_MASTERS, Intensity.BRUTAL)),
          new TreeMap<>(
              Map.of(
                  MODE,
                  Parameter.word(
                      "normal, in agreement with the master; force, without it; takeover, without"
                          + " anybody's vote",
                      NORMAL,
                      List.of(NORMAL, "force", "takeover")))),
          List.of(Mechanism.ADMINISTRATION),
          FaultKind.Use.ANY);

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    Peers cluster = new Peers(injection);
    return cluster
        .all()
        .thenCompose(
            peers ->
                Waits.all(injection.nodes(), master -> replace(injection, cluster, peers, master)));
  }

  private static CompletionStage<Effect> replace(
      Injection injection, Peers cluster, List<Peer> peers, String master) {
    Optional<Peer> replica =
        Peers.named(peers, master)
            .flatMap(struck -> cluster.drawn(peers, candidate -> candidate.follows(struck.id())));
    return replica
        .map(
            successor ->
                order(injection, successor.name())
                    .thenCompose(ordered -> promotion(injection, master, successor.name()))
                    .exceptionally(failure -> Effect.wanting(master, failure)))
        .orElseGet(
            () ->
                CompletableFuture.completedStage(
                    Effect.wanting(master, "has no replica that answers")));
  }

  private static CompletionStage<String> order(Injection injection, String replica) {
    NodeCommands commands = new NodeCommands(injection);
    String mode = KIND.value(injection.fault(), MODE);
    return mode.equals(NORMAL)
        ? commands.tell(replica, "CLUSTER", "FAILOVER")
        : commands.tell(replica, "CLUSTER", "FAILOVER", mode.toUpperCase(Locale.ROOT));
  }

  private static CompletionStage<Effect> promotion(
      Injection injection, String master, String replica) {
    return injection
        .waits()
        .until(
            injection.bounds().ending(),
            injection.bounds().poll(),
            () ->
                injection
                    .probe()
                    .info(replica, "replication")
                    .thenApply(
                        info ->
                            info.lines().anyMatch("role:master"::equals)
                                ? Attempt.of(
                                    Effect.proven(master, replica + " has taken its place")
                                        .with("successor", Value.of(replica)))
                                : Attempt.<Effect>wanting(replica + " is still a replica")));
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return Waits.all(
        injection.nodes(),
        node ->
            CompletableFuture.completedStage(
                Effect.proven(node, "there is nothing to undo: the roles are changed")));
  }
}
