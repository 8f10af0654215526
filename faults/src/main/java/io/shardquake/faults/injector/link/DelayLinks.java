package io.shardquake.faults.injector.link;

import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.network.Damage;
import io.shardquake.faults.network.Impairment;
import io.shardquake.faults.plan.DurationText;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.FaultKind.Use;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Parameter;
import io.shardquake.faults.plan.Selector.Group;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What is sent arrives later. */
final class DelayLinks extends LinkFault {
  private static final String DELAY = "delay";
  private static final String JITTER = "jitter";

  static final FaultKind KIND =
      new FaultKind(
          "delay",
          "lets bytes arrive later, in order",
          """
          A slow network breaks no promise. Operations take longer and may time out. With \
          delays near the node timeout nodes suspect each other, and masters are replaced \
          although they work; what a replaced master acknowledges before it learns of that \
          is lost.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.CALM),
              new Aim(Group.RANDOM_NODE, Intensity.CALM).with(DELAY, "20ms").with(JITTER, "20ms"),
              new Aim(Group.RANDOM_REPLICA, Intensity.CALM)
                  .with(Links.PLANES, "replication")
                  .with(DELAY, "500ms"),
              new Aim(Group.EVERY_NODE, Intensity.NORMAL).with(Links.SHAPE, "scattered"),
              new Aim(Group.RANDOM_MASTER, Intensity.NORMAL)
                  .with(Links.PLANES, "bus")
                  .with(DELAY, "600ms")
                  .with(JITTER, "400ms"),
              new Aim(Group.EVERY_NODE, Intensity.BRUTAL)
                  .with(Links.SHAPE, "scattered")
                  .with(DELAY, "400ms")
                  .with(JITTER, "400ms")),
          Links.parameters(
              Links.ALL_PLANES,
              Links.ALL,
              Map.of(
                  DELAY,
                  Parameter.time("how much later bytes arrive", "100ms"),
                  JITTER,
                  Parameter.time("by how much more or less, at most the delay", "0ms"))),
          Links.NEEDS,
          Use.ANY);

  DelayLinks() {
    super(KIND);
  }

  @Override
  Damage damage(Injection injection) {
    Duration delay = DurationText.parse(KIND.value(injection.fault(), DELAY));
    Duration jitter = DurationText.parse(KIND.value(injection.fault(), JITTER));
    return new Damage(around(injection, KIND), Impairment.delaying(delay, jitter));
  }

  @Override
  Trace trace(Injection injection) {
    return Trace.DELAYED;
  }
}
