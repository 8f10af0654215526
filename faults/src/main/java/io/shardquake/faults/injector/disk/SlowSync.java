package io.shardquake.faults.injector.disk;

import io.shardquake.faults.disk.Shim.Knob;
import io.shardquake.faults.disk.Shim.Tally;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.plan.DurationText;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.Parameter;
import io.shardquake.faults.plan.Selector.Group;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every fsync takes its time. */
final class SlowSync extends ShimFault {
  private static final String DELAY = "delay";

  static final FaultKind KIND =
      new FaultKind(
          "slow-fsync",
          "lets every fsync take longer, as on a disk that is overloaded",
          """
          With appendfsync always every write waits for it. With everysec a server that has waited \
          for two seconds blocks, and everything with it. No promise may break, but that a node which \
          blocks for longer than the node timeout is replaced.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.CALM),
              new Aim(Group.EVERY_NODE, Intensity.NORMAL)),
          new TreeMap<>(Map.of(DELAY, Parameter.time("added to each fsync", "700ms"))),
          List.of(Mechanism.SHIM),
          FaultKind.Use.ANY);

  SlowSync() {
    super(KIND, Tally.SYNCS_DELAYED);
  }

  @Override
  public Injector forOne() {
    return new SlowSync();
  }

  @Override
  void begin(Injection injection, String node) {
    long micros = DurationText.parse(KIND.value(injection.fault(), DELAY)).toNanos() / 1000;
    injection.shims().set(injection.number(), node, Knob.SYNC_DELAY_MICROS, micros);
  }

  @Override
  String words() {
    return "syncs delayed";
  }
}
