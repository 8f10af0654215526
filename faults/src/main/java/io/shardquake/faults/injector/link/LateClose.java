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
import java.util.concurrent.CompletionStage;

/** A peer learns late that the other has closed the connection. */
final class LateClose extends LinkFault {
  private static final String LATE = "late";

  static final FaultKind KIND =
      new FaultKind(
          "slow-close",
          "lets ends of connections arrive late, and makes the nodes end some",
          """
          Whoever is at the other end of a closed connection goes on using it, and learns \
          from nothing but silence that nobody listens. Commands sent meanwhile get no \
          answer and have no effect, which a client cannot know. Nodes are told to close the \
          connections of their clients, so that there are ends.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.CALM),
              new Aim(Group.ALL_MASTERS, Intensity.NORMAL).with(Links.SHAPE, "scattered")),
          Links.parameters(
              "clients",
              Links.ALL,
              Map.of(LATE, Parameter.time("how much later an end arrives", "2s"))),
          Links.NEEDS,
          Use.ANY);

  LateClose() {
    super(KIND);
  }

  @Override
  Damage damage(Injection injection) {
    return new Damage(
        around(injection, KIND),
        Impairment.closingLate(DurationText.parse(KIND.value(injection.fault(), LATE))));
  }

  @Override
  Trace trace(Injection injection) {
    return Trace.ENDED_LATE;
  }

  @Override
  CompletionStage<Void> provoke(Injection injection) {
    return tell(injection, List.of("CLIENT", "KILL", "TYPE", "normal"));
  }
}
