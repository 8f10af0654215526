package io.shardquake.faults.injector.link;

import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.network.Damage;
import io.shardquake.faults.network.Impairment;
import io.shardquake.faults.network.Plane;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.FaultKind.Use;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Parameter;
import io.shardquake.faults.plan.Selector.Group;
import java.util.List;
import java.util.Map;

/** Bits of what is said on the bus are inverted. */
final class CorruptBus extends LinkFault {
  private static final String SHARE = "probability";

  static final FaultKind KIND =
      new FaultKind(
          "corrupt-bus",
          "inverts bits on the cluster bus, past the checksums of TCP",
          """
          A node may drop what it cannot read and the connection with it, and must not \
          crash. But the bus has no checksum: a bit in the right place changes an epoch, the \
          owner of a slot or the name of a node, and nothing that the specification promises \
          holds any more.""",
          FaultKind.Length.TOGETHER,
          List.of(new Aim(Group.RANDOM_NODE, Intensity.CALM)),
          Links.parameters(
              "bus",
              List.of(Plane.BUS),
              Map.of(SHARE, Parameter.share("how probably a piece has one bit inverted", "0.05"))),
          Links.NEEDS,
          Use.BY_NAME);

  CorruptBus() {
    super(KIND);
  }

  @Override
  Damage damage(Injection injection) {
    return new Damage(
        around(injection, KIND),
        Impairment.corrupting(Double.parseDouble(KIND.value(injection.fault(), SHARE))));
  }

  @Override
  Trace trace(Injection injection) {
    return Trace.CORRUPTED;
  }
}
