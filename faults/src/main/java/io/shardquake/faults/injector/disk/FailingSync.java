package io.shardquake.faults.injector.disk;

import io.shardquake.faults.NodeStatus;
import io.shardquake.faults.disk.Shim.Knob;
import io.shardquake.faults.disk.Shim.Tally;
import io.shardquake.faults.injector.admin.NodeCommands;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.Selector.Group;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Every fsync fails with EIO. */
final class FailingSync extends ShimFault {
  private static final long INPUT_OUTPUT_ERROR = 5;

  static final FaultKind KIND =
      new FaultKind(
          "failing-fsync",
          "lets every fsync fail, as on a disk that is broken (EIO)",
          """
          Nobody knows what a disk has kept whose fsync failed. With appendfsync always a server ends \
          itself; with everysec it refuses writes (MISCONF) until a sync succeeds, or for ever, \
          since it does not sync again without a write: then its log is closed and opened. What it \
          acknowledged must be there afterwards, as nothing that was written is taken away here.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.NORMAL),
              new Aim(Group.RANDOM_REPLICA, Intensity.NORMAL)),
          Collections.emptySortedMap(),
          List.of(Mechanism.SHIM),
          FaultKind.Use.ANY);

  private final Set<String> withoutLog = ConcurrentHashMap.newKeySet();

  FailingSync() {
    super(KIND, Tally.SYNCS_FAILED);
  }

  @Override
  public Injector forOne() {
    return new FailingSync();
  }

  @Override
  void begin(Injection injection, String node) {
    injection.shims().set(injection.number(), node, Knob.SYNC_ERROR, INPUT_OUTPUT_ERROR);
  }

  /** Redis forgets the error of a sync when it begins a log (startAppendOnly, since 7.0). */
  @Override
  CompletionStage<NodeStatus> letGo(Injection injection, String node) {
    NodeCommands commands = new NodeCommands(injection);
    return super.letGo(injection, node)
        .thenCompose(
            status ->
                closeLogIfItFailed(injection, commands, node)
                    .thenCompose(closed -> openLog(commands, node))
                    .thenApply(opened -> status));
  }

  private CompletionStage<?> closeLogIfItFailed(
      Injection injection, NodeCommands commands, String node) {
    return injection
        .probe()
        .ping(node)
        .thenCompose(
            ping ->
                ping.text().startsWith("MISCONF Errors writing to the AOF file")
                    ? commands
                        .tell(node, "CONFIG", "SET", "appendonly", "no")
                        .thenAccept(ok -> withoutLog.add(node))
                    : CompletableFuture.completedStage(null));
  }

  private CompletionStage<?> openLog(NodeCommands commands, String node) {
    return withoutLog.contains(node)
        ? commands
            .tell(node, "CONFIG", "SET", "appendonly", "yes")
            .thenAccept(ok -> withoutLog.remove(node))
        : CompletableFuture.completedStage(null);
  }

  @Override
  String words() {
    return "syncs failed";
  }
}
