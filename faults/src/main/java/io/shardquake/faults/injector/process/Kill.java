package io.shardquake.faults.injector.process;

import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.nemesis.NodeProcesses.Ending;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Selector.Group;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** SIGKILL, and a start on the data that was left when the fault ends. */
final class Kill implements Injector {
  private static final FaultKind KIND =
      new FaultKind(
          "kill",
          "kills processes without warning (SIGKILL); 'for' later they are started again",
          """
          Commands under way get no answer, and may or may not have taken effect. What the master had \
          not sent to a replica is lost if that replica is promoted; what was not synced to the log \
          is not lost, as the machine goes on. A shard is not available until a replica is promoted: \
          about the node timeout and one second. If nobody is left to be promoted, or too few \
          masters are left to vote, it stays so until the node is started again. A node that is \
          back sooner than the node timeout keeps its slots, and loses nothing that it had logged.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.CALM),
              new Aim(Group.RANDOM_REPLICA, Intensity.CALM),
              new Aim(Group.RANDOM_NODE, Intensity.CALM),
              new Aim(Group.MINORITY, Intensity.NORMAL),
              new Aim(Group.RANDOM_SHARD, Intensity.BRUTAL),
              new Aim(Group.ALL_MASTERS, Intensity.BRUTAL),
              new Aim(Group.EVERY_NODE, Intensity.BRUTAL)),
          Collections.emptySortedMap());

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    EndedProcess process = new EndedProcess(injection);
    return Waits.all(injection.nodes(), node -> process.end(node, Ending.KILL));
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return Waits.all(injection.nodes(), new EndedProcess(injection)::bringBack);
  }
}
