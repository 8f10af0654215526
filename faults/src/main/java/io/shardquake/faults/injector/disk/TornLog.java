package io.shardquake.faults.injector.disk;

import io.shardquake.faults.injector.process.EndedProcess;
import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
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
import java.util.concurrent.CompletionStage;

/** SIGKILL, and some bytes less at the end of the append-only file. */
final class TornLog implements Injector {
  private static final String BYTES = "bytes";

  static final FaultKind KIND =
      new FaultKind(
          "torn-log",
          "kills processes, and cuts bytes off the end of their append-only files",
          """
          What a machine leaves that crashed while it wrote: the last command is there in part. The \
          node has to drop it and start (aof-load-truncated yes), and lacks what was cut off; if it \
          is a master that was not replaced meanwhile, this is lost although it was acknowledged.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.CALM),
              new Aim(Group.RANDOM_REPLICA, Intensity.CALM)),
          new TreeMap<>(Map.of(BYTES, Parameter.whole("how many", "23", 1, 1 << 30))),
          List.of(Mechanism.PROCESSES, Mechanism.FILES),
          FaultKind.Use.BY_NAME);

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    int bytes = Integer.parseInt(KIND.value(injection.fault(), BYTES));
    return Waits.all(
        injection.nodes(),
        node -> new DownNode(injection).kill(node, files -> files.cutLog(bytes)));
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return Waits.all(injection.nodes(), new EndedProcess(injection)::bringBack);
  }
}
