package io.shardquake.faults.injector.link;

import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.network.Damage;
import io.shardquake.faults.network.Impairment;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.FaultKind.Use;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Parameter;
import io.shardquake.faults.plan.Selector.Group;
import java.util.List;
import java.util.Map;

/** What is sent arrives no faster than a bandwidth allows. */
final class NarrowLinks extends LinkFault {
  private static final String RATE = "bytes-per-second";

  static final FaultKind KIND =
      new FaultKind(
          "bandwidth",
          "lets through only so many bytes a second",
          """
          A slow network breaks no promise. Replicas lag, so that a failover loses more; \
          replies come late; where the bus gets too little, nodes suspect each other.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.CALM).with(Links.PLANES, "replication"),
              new Aim(Group.RANDOM_NODE, Intensity.CALM),
              new Aim(Group.RANDOM_MASTER, Intensity.NORMAL).with(RATE, "5000"),
              new Aim(Group.EVERY_NODE, Intensity.BRUTAL)
                  .with(Links.SHAPE, "scattered")
                  .with(RATE, "20000")),
          Links.parameters(
              Links.ALL_PLANES,
              Links.ALL,
              Map.of(
                  RATE,
                  Parameter.whole(
                      "bytes a second, all connections of a direction together",
                      "50000",
                      1,
                      Long.MAX_VALUE - 1))),
          Links.NEEDS,
          Use.ANY);

  NarrowLinks() {
    super(KIND);
  }

  @Override
  Damage damage(Injection injection) {
    return new Damage(
        around(injection, KIND),
        Impairment.limiting(Long.parseLong(KIND.value(injection.fault(), RATE))));
  }

  @Override
  Trace trace(Injection injection) {
    return Trace.DELAYED;
  }
}
