package io.shardquake.faults.injector.process;

import io.shardquake.checkers.history.Value;
import io.shardquake.faults.injector.admin.Peers;
import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.nemesis.NodeProcesses.Ending;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.Parameter;
import io.shardquake.faults.plan.Selector.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** SIGKILL while a replica that was restarted copies everything from its master. */
final class CrashInResync implements Injector {
  private static final String VICTIM = "victim";
  private static final String REPLICA = "replica";

  static final FaultKind KIND =
      new FaultKind(
          "crash-in-resync",
          "restarts a replica, and kills it or its master in the middle of the full copy",
          """
          A replica in the middle of a full resynchronisation has given up its old data and has not \
          all of the new. If its master dies in this moment, nobody has all data but the master's \
          disk, and the slots stay without an owner until it is back; a replica that is promoted \
          nevertheless loses what it had not received.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_REPLICA, Intensity.NORMAL),
              new Aim(Group.RANDOM_REPLICA, Intensity.BRUTAL).with(VICTIM, "master")),
          new TreeMap<>(
              Map.of(
                  VICTIM,
                  Parameter.word(
                      "who is killed: replica, master", REPLICA, List.of(REPLICA, "master")))),
          List.of(Mechanism.PROCESSES, Mechanism.ADMINISTRATION),
          FaultKind.Use.ANY);

  private final List<String> killed = new ArrayList<>();

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public Injector forOne() {
    return new CrashInResync();
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    return new Peers(injection)
        .all()
        .thenCompose(
            peers ->
                Waits.all(
                    injection.nodes(),
                    replica ->
                        Peers.masterOf(peers, replica)
                            .map(
                                master ->
                                    crash(injection, replica, master.name())
                                        .exceptionally(failure -> Effect.wanting(replica, failure)))
                            .orElseGet(
                                () ->
                                    CompletableFuture.completedStage(
                                        Effect.wanting(
                                            replica, "follows no master that answers")))));
  }

  private CompletionStage<Effect> crash(Injection injection, String replica, String master) {
    Snapshots snapshots = new Snapshots(injection);
    String victim = KIND.value(injection.fault(), VICTIM).equals(REPLICA) ? replica : master;
    int fault = injection.number();
    return snapshots
        .slowDown(master)
        .thenCompose(slow -> injection.processes().end(fault, replica, Ending.KILL))
        .thenCompose(ended -> injection.processes().bringBack(fault, replica))
        .thenCompose(back -> snapshots.await(replica, "replication", "master_sync_in_progress:1"))
        .thenCompose(
            seen -> {
              killed.add(victim);
              return new EndedProcess(injection)
                  .end(victim, Ending.KILL)
                  .thenApply(
                      effect ->
                          effect
                              .preceded(replica + " was at " + seen + ": ")
                              .with("replica", Value.of(replica)));
            });
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    List<String> down = new ArrayList<>(injection.nodes());
    killed.stream().filter(node -> !down.contains(node)).forEach(down::add);
    return Waits.all(down, new EndedProcess(injection)::bringBack)
        .thenCompose(
            effects ->
                injection.settings().end(injection.number()).handle((done, failure) -> effects));
  }
}
