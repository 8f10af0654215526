package io.shardquake.faults.injector.link;

import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.network.Damage;
import io.shardquake.faults.network.Impairment;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.FaultKind.Use;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.Parameter;
import io.shardquake.faults.plan.Selector.Group;
import java.util.List;
import java.util.Map;

/** Some packets are dropped, and TCP sends them again. */
final class LossyLinks extends LinkFault {
  private static final String SHARE = "share";

  static final FaultKind KIND =
      new FaultKind(
          "loss",
          "drops a share of all packets, which TCP then sends again",
          """
          As an overloaded switch does. Nothing is lost that TCP does not make good, but it takes \
          its time: 200 ms at first, twice as much with each packet that is lost again. Operations \
          are late, and a node may suspect another that works.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_NODE, Intensity.CALM),
              new Aim(Group.EVERY_NODE, Intensity.NORMAL).with(Links.SHAPE, "scattered"),
              new Aim(Group.RANDOM_MASTER, Intensity.BRUTAL).with(SHARE, "0.6")),
          Links.parameters(
              Links.ALL_PLANES,
              Links.ALL,
              Map.of(SHARE, Parameter.share("of the packets that are dropped", "0.2"))),
          List.of(Mechanism.LINKS, Mechanism.PACKET_FILTER),
          Use.ANY);

  LossyLinks() {
    super(KIND);
  }

  @Override
  Damage damage(Injection injection) {
    double share = Double.parseDouble(KIND.value(injection.fault(), SHARE));
    return new Damage(around(injection, KIND), Impairment.losing(share));
  }

  @Override
  Trace trace(Injection injection) {
    return Trace.HELD_BACK;
  }
}
