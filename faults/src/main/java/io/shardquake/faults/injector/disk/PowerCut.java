package io.shardquake.faults.injector.disk;

import io.shardquake.faults.disk.NodeFiles;
import io.shardquake.faults.injector.process.EndedProcess;
import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.Selector.Group;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** SIGKILL, and the append-only file ends where it was last synced. */
final class PowerCut implements Injector {
  static final FaultKind KIND =
      new FaultKind(
          "power-cut",
          "kills processes, and takes from their append-only files what was not synced",
          """
          What a machine loses that loses its power, at worst. With appendfsync always nothing that \
          was acknowledged may be missing; with everysec up to two seconds of it, if the node is a \
          master that comes back before it is replaced, or if all of a shard is struck.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.CALM),
              new Aim(Group.RANDOM_SHARD, Intensity.NORMAL),
              new Aim(Group.EVERY_NODE, Intensity.BRUTAL)),
          Collections.emptySortedMap(),
          List.of(Mechanism.PROCESSES, Mechanism.FILES, Mechanism.SHIM),
          FaultKind.Use.BY_NAME);

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    return Waits.all(
        injection.nodes(), node -> new DownNode(injection).kill(node, NodeFiles::loseUnsynced));
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return Waits.all(injection.nodes(), new EndedProcess(injection)::bringBack);
  }
}
