package io.shardquake.faults.injector.disk;

import io.shardquake.faults.disk.Shim.Knob;
import io.shardquake.faults.disk.Shim.Tally;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.Selector.Group;
import java.util.Collections;
import java.util.List;

/** Every fsync fails with EIO. */
final class FailingSync extends ShimFault {
  private static final long INPUT_OUTPUT_ERROR = 5;

  static final FaultKind KIND =
      new FaultKind(
          "failing-fsync",
          "lets every fsync fail, as on a disk that is broken (EIO)",
          """
          Nobody knows what a disk has kept whose fsync failed. With appendfsync always a server ends \
          itself; with everysec it refuses writes (MISCONF) until a sync succeeds. What it \
          acknowledged must be there afterwards, as nothing that was written is taken away here.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.NORMAL),
              new Aim(Group.RANDOM_REPLICA, Intensity.NORMAL)),
          Collections.emptySortedMap(),
          List.of(Mechanism.SHIM),
          FaultKind.Use.ANY);

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

  @Override
  String words() {
    return "syncs failed";
  }
}
