package io.shardquake.faults.injector.process;

import io.shardquake.checkers.history.Value;
import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.nemesis.NodeProcesses.Ending;
import io.shardquake.faults.nemesis.Waits;
import io.shardquake.faults.plan.DurationText;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Parameter;
import io.shardquake.faults.plan.Selector.Group;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * SIGKILL, and a start on the data that was left when the fault ends.
 *
 * <p>A server that is killed while it has little to do has sent everything to its replicas but what
 * lies within some microseconds. One that dies of overload, or is ended by a kernel that has run
 * out of memory, has stood still before: commands have piled up, and it answers many of them at
 * once. A stall before the kill makes the same: the process is stopped, goes on, and is killed as
 * soon as that has been seen to, in the midst of its answers.
 */
final class Kill implements Injector {
  private static final String STALL = "stall";
  private static final String STALLED = "50ms";

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
          back sooner than the node timeout keeps its slots, and loses nothing that it had logged. \
          After a stall a master dies in the midst of many answers, and more is lost.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.CALM),
              new Aim(Group.RANDOM_MASTER, Intensity.CALM).with(STALL, STALLED),
              new Aim(Group.RANDOM_REPLICA, Intensity.CALM),
              new Aim(Group.RANDOM_NODE, Intensity.CALM),
              new Aim(Group.MINORITY, Intensity.NORMAL),
              new Aim(Group.MINORITY, Intensity.NORMAL).with(STALL, STALLED),
              new Aim(Group.RANDOM_SHARD, Intensity.BRUTAL),
              new Aim(Group.ALL_MASTERS, Intensity.BRUTAL),
              new Aim(Group.EVERY_NODE, Intensity.BRUTAL)),
          new TreeMap<>(
              Map.of(
                  STALL,
                  Parameter.time(
                      "how long it stands still before, and runs on for a moment", "0s"))));

  @Override
  public FaultKind kind() {
    return KIND;
  }

  @Override
  public CompletionStage<List<Effect>> inject(Injection injection) {
    EndedProcess process = new EndedProcess(injection);
    Duration stall = DurationText.parse(KIND.value(injection.fault(), STALL));
    return Waits.all(
        injection.nodes(),
        node ->
            stall.isZero()
                ? process.end(node, Ending.KILL)
                : stall(injection, node, stall)
                    .thenCompose(
                        stalled ->
                            process
                                .end(node, Ending.KILL)
                                .thenApply(effect -> effect.with("stalled", Value.of(stalled)))));
  }

  /** Whether it stood still: a target that cannot pause processes can kill them nevertheless. */
  private static CompletionStage<Boolean> stall(Injection injection, String node, Duration stall) {
    return injection
        .processes()
        .pause(injection.number(), node)
        .thenCompose(before -> injection.pass(stall))
        .thenCompose(passed -> injection.processes().resume(injection.number(), node))
        .handle((after, failure) -> failure == null);
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    return Waits.all(injection.nodes(), new EndedProcess(injection)::bringBack);
  }
}
