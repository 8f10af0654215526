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

/** An orderly stop (SIGTERM), and a start when the fault ends. */
final class Restart implements Injector {
  private static final FaultKind KIND =
      new FaultKind(
          "restart",
          "stops processes in an orderly way (SIGTERM); 'for' later they are started again",
          """
          Commands under way may get no answer. A master that stops in order waits for its replicas, \
          if the server does so (Redis from 7.0, shutdown-timeout), and syncs its log: nothing that \
          it acknowledged may be lost if it comes back, and next to nothing if a replica is promoted \
          meanwhile. Connections are closed, so clients notice at once.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_NODE, Intensity.CALM),
              new Aim(Group.RANDOM_MASTER, Intensity.CALM),
              new Aim(Group.MINORITY, Intensity.NORMAL),
              new Aim(Group.EVERY_NODE, Intensity.BRUTAL)),
          Collections.emptySortedMap());

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    EndedProcess process = new EndedProcess(injection);
    return Waits.all(injection.nodes(), node -> process.end(node, Ending.STOP));
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return Waits.all(injection.nodes(), new EndedProcess(injection)::bringBack);
  }
}
