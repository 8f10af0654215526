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

/** Writes to files fail with ENOSPC. */
final class FullDisk extends ShimFault {
  private static final long NO_SPACE = 28;

  static final FaultKind KIND =
      new FaultKind(
          "full-disk",
          "lets every write to a file fail as on a full disk (ENOSPC)",
          """
          A master that cannot log refuses writes (MISCONF) and goes on answering reads, until there \
          is room again; what it acknowledged before stays. With appendfsync always a server ends \
          itself rather than acknowledge what it cannot keep.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.NORMAL),
              new Aim(Group.EVERY_NODE, Intensity.BRUTAL)),
          Collections.emptySortedMap(),
          List.of(Mechanism.SHIM),
          FaultKind.Use.ANY);

  FullDisk() {
    super(KIND, Tally.WRITES_FAILED);
  }

  @Override
  public Injector forOne() {
    return new FullDisk();
  }

  @Override
  void begin(Injection injection, String node) {
    injection.shims().set(injection.number(), node, Knob.WRITE_ERROR, NO_SPACE);
  }

  @Override
  String words() {
    return "writes refused for want of space";
  }
}
