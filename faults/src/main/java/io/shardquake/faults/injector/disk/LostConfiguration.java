package io.shardquake.faults.injector.disk;

import io.shardquake.faults.disk.NodeFiles;
import io.shardquake.faults.injector.process.EndedProcess;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A node that comes back without its nodes.conf, or with one of former days. */
final class LostConfiguration implements Injector {
  private static final String HOW = "how";
  private static final String DELETED = "deleted";

  static final FaultKind KIND =
      new FaultKind(
          "lost-config",
          "kills processes, and starts them without nodes.conf or with a stale one",
          """
          Without nodes.conf a node comes back as a stranger with a new id, and its slots belong to \
          somebody who no longer exists; it gets its file back when the fault ends. With the file of \
          the day on which the cluster was formed it has forgotten epochs, votes and owners, and has \
          to be told: a vote that it gave twice may promote two replicas in one epoch.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_REPLICA, Intensity.CALM),
              new Aim(Group.RANDOM_MASTER, Intensity.CALM).with(HOW, "stale"),
              new Aim(Group.RANDOM_MASTER, Intensity.BRUTAL)),
          new TreeMap<>(
              Map.of(
                  HOW,
                  Parameter.word(
                      "deleted: the node starts without one; stale: with that of the cluster's first"
                          + " moment",
                      DELETED,
                      List.of(DELETED, "stale")))),
          List.of(Mechanism.PROCESSES, Mechanism.FILES),
          FaultKind.Use.BY_NAME);

  @Override
  public FaultKind kind() {
    return KIND;
  }

  private static boolean deletes(Injection injection) {
    return KIND.value(injection.fault(), HOW).equals(DELETED);
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    return Waits.all(injection.nodes(), node -> strike(injection, node));
  }

  private static CompletionStage<Effect> strike(Injection injection, String node) {
    return new DownNode(injection)
        .kill(
            node, deletes(injection) ? NodeFiles::removeConfiguration : NodeFiles::ageConfiguration)
        .thenCompose(
            effect ->
                effect.proven()
                    ? new EndedProcess(injection)
                        .bringBack(node)
                        .thenApply(back -> back.preceded(effect.detail() + "; then "))
                    : CompletableFuture.completedStage(effect));
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return Waits.all(
        injection.nodes(),
        node ->
            deletes(injection)
                ? giveBack(injection, node)
                : new EndedProcess(injection).bringBack(node));
  }

  private static CompletionStage<Effect> giveBack(Injection injection, String node) {
    EndedProcess process = new EndedProcess(injection);
    return process
        .end(node, Ending.KILL)
        .thenCompose(ended -> new DownNode(injection).change(node, NodeFiles::restoreConfiguration))
        .handle((done, failure) -> failure == null ? done : "its file could not be put back")
        .thenCompose(
            told -> process.bringBack(node).thenApply(effect -> effect.preceded(told + "; ")));
  }
}
