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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Links fail and recover, again and again. */
final class FlapLinks extends LinkFault {
  private static final String ON = "on";
  private static final String OFF = "off";

  static final FaultKind KIND =
      new FaultKind(
          "flap",
          "lets links fail and recover again and again",
          """
          As a loose cable does. As long as each failure is shorter than the node timeout, \
          no node may be taken to have failed for good; operations are late, and may time \
          out.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.CALM),
              new Aim(Group.RANDOM_REPLICA, Intensity.CALM).with(Links.PLANES, "replication"),
              new Aim(Group.RANDOM_NODE, Intensity.NORMAL).with(ON, "700ms").with(OFF, "300ms"),
              new Aim(Group.ALL_MASTERS, Intensity.BRUTAL).with(Links.SHAPE, "scattered")),
          Links.parameters(
              Links.ALL_PLANES,
              Links.ALL,
              Map.of(
                  ON,
                  Parameter.time("how long nothing arrives each time", "300ms"),
                  OFF,
                  Parameter.time("how long all is well in between", "700ms"))),
          Links.CUTS,
          Use.ANY);

  FlapLinks() {
    super(KIND);
  }

  @Override
  Damage damage(Injection injection) {
    Damage.Rhythm rhythm =
        new Damage.Rhythm(
            DurationText.parse(KIND.value(injection.fault(), ON)),
            DurationText.parse(KIND.value(injection.fault(), OFF)));
    return new Damage(around(injection, KIND), Impairment.dropping(), Optional.of(rhythm));
  }

  @Override
  Trace trace(Injection injection) {
    return Trace.HELD_BACK;
  }
}
