package io.shardquake.faults.injector.link;

import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.network.Damage;
import io.shardquake.faults.network.Impairment;
import io.shardquake.faults.network.Plane;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.FaultKind.Use;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Selector.Group;
import java.util.List;
import java.util.Map;

/** Connections are made twice. */
final class DuplicateLinks extends LinkFault {
  static final FaultKind KIND =
      new FaultKind(
          "duplicate-connections",
          "makes the connections between nodes twice, and says everything on both",
          """
          What a node says arrives twice, each time on a connection of its own; connections \
          that there are, are reset. No promise may break: messages of the bus may be \
          repeated. On the plane of replication a master counts one replica twice, and WAIT \
          with it.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.CALM),
              new Aim(Group.RANDOM_NODE, Intensity.CALM),
              new Aim(Group.EVERY_NODE, Intensity.BRUTAL).with(Links.SHAPE, "scattered")),
          Links.parameters(Plane.BUS.toString(), List.of(Plane.REPLICATION, Plane.BUS), Map.of()),
          Links.NEEDS,
          Use.ANY);

  DuplicateLinks() {
    super(KIND);
  }

  @Override
  Damage damage(Injection injection) {
    return new Damage(around(injection, KIND), Impairment.duplicating());
  }

  @Override
  Trace trace(Injection injection) {
    return Trace.DUPLICATED;
  }
}
