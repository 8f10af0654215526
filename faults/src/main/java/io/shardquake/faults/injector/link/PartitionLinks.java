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

/** Nothing arrives between two sides of the cluster. */
final class PartitionLinks extends LinkFault {
  private static final String HOW = "how";

  static final FaultKind KIND =
      new FaultKind(
          "partition",
          "cuts nodes off from others, from clients, or one way only",
          """
          Who is cut off from the majority is taken to have failed after the node timeout: a \
          master is replaced by one of its replicas, and a minority stops serving. Until it \
          does, the side that is cut off goes on acknowledging writes, and these are lost if \
          a replica was promoted meanwhile. Commands under way may get no answer. Nothing \
          that is acknowledged elsewhere may be lost, and two nodes that are cut off from \
          each other only must not be taken to have failed.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.CALM),
              new Aim(Group.RANDOM_MASTER, Intensity.CALM).with(Links.WAYS, "in"),
              new Aim(Group.RANDOM_MASTER, Intensity.CALM).with(Links.WAYS, "out"),
              new Aim(Group.RANDOM_REPLICA, Intensity.CALM),
              new Aim(Group.RANDOM_MASTER, Intensity.CALM).with(Links.PLANES, "bus"),
              new Aim(Group.RANDOM_NODE, Intensity.CALM).with(Links.PLANES, "clients"),
              new Aim(Group.RANDOM_REPLICA, Intensity.CALM).with(Links.PLANES, "replication"),
              new Aim(Group.RANDOM_MASTER, Intensity.NORMAL).with(HOW, "blackhole"),
              new Aim(Group.MINORITY, Intensity.NORMAL),
              new Aim(Group.EVERY_NODE, Intensity.NORMAL).with(Links.SHAPE, "halves"),
              new Aim(Group.EVERY_NODE, Intensity.NORMAL).with(Links.SHAPE, "bridge"),
              new Aim(Group.ALL_MASTERS, Intensity.NORMAL).with(Links.SHAPE, "majorities-ring"),
              new Aim(Group.MAJORITY, Intensity.BRUTAL),
              new Aim(Group.ALL_MASTERS, Intensity.BRUTAL),
              new Aim(Group.ALL_MASTERS, Intensity.BRUTAL).with(Links.SHAPE, "scattered")),
          Links.parameters(
              Links.ALL_PLANES,
              Links.ALL,
              Map.of(
                  HOW,
                  Parameter.word(
                      "drop: what is sent arrives afterwards; blackhole: it is lost, and the"
                          + " connection with it",
                      "drop",
                      List.of("drop", "blackhole")))),
          Links.CUTS,
          Use.ANY);

  PartitionLinks() {
    super(KIND);
  }

  @Override
  Damage damage(Injection injection) {
    return new Damage(
        around(injection, KIND),
        loses(injection) ? Impairment.swallowing() : Impairment.dropping());
  }

  @Override
  Trace trace(Injection injection) {
    return loses(injection) ? Trace.SWALLOWED : Trace.HELD_BACK;
  }

  private static boolean loses(Injection injection) {
    return KIND.value(injection.fault(), HOW).equals("blackhole");
  }
}
