package io.shardquake.faults.injector.link;

import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.network.Damage;
import io.shardquake.faults.network.Impairment;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.FaultKind.Use;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Selector.Group;
import java.util.List;
import java.util.Map;

/** Connections are reset, and new ones as soon as they are opened. */
final class ResetLinks extends LinkFault {
  static final FaultKind KIND =
      new FaultKind(
          "reset-connections",
          "resets connections, old ones and new ones",
          """
          As a firewall or a crashed switch does. Commands under way get no answer, and may \
          or may not have taken effect; those sent afterwards fail. Otherwise as a partition \
          of the same links.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_NODE, Intensity.CALM),
              new Aim(Group.RANDOM_MASTER, Intensity.CALM).with(Links.PLANES, "clients"),
              new Aim(Group.RANDOM_REPLICA, Intensity.CALM).with(Links.PLANES, "replication"),
              new Aim(Group.RANDOM_MASTER, Intensity.NORMAL).with(Links.PLANES, "bus"),
              new Aim(Group.EVERY_NODE, Intensity.BRUTAL).with(Links.SHAPE, "scattered")),
          Links.parameters(Links.ALL_PLANES, Links.ALL, Map.of()),
          Links.CUTS,
          Use.ANY);

  ResetLinks() {
    super(KIND);
  }

  @Override
  Damage damage(Injection injection) {
    return new Damage(around(injection, KIND), Impairment.resetting());
  }

  @Override
  Trace trace(Injection injection) {
    return Trace.RESET;
  }
}
