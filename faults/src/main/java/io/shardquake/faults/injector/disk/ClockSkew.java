package io.shardquake.faults.injector.disk;

import io.shardquake.faults.disk.Shim.Knob;
import io.shardquake.faults.disk.Shim.Tally;
import io.shardquake.faults.nemesis.Effect;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Injector;
import io.shardquake.faults.plan.DurationText;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.Intensity;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.faults.plan.Parameter;
import io.shardquake.faults.plan.Selector.Group;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** The wall clock jumps, once or again and again, and jumps back at the end. */
final class ClockSkew extends ShimFault {
  private static final String OFFSET = "offset";
  private static final String TOWARDS = "towards";
  private static final String EVERY = "every";

  static final FaultKind KIND =
      new FaultKind(
          "clock-skew",
          "lets the wall clock of nodes jump, and jump back when the fault ends",
          """
          Keys that expire go too early or stay too long. The bus measures its timeouts with the wall \
          clock, so that a jump ahead makes a node suspect everybody at once, and a jump back makes it \
          wait for what is long over. No acknowledged write may be lost by that, but masters may be \
          replaced without need.""",
          FaultKind.Length.TOGETHER,
          List.of(
              new Aim(Group.RANDOM_MASTER, Intensity.NORMAL),
              new Aim(Group.RANDOM_NODE, Intensity.NORMAL).with(TOWARDS, "past"),
              new Aim(Group.RANDOM_MASTER, Intensity.BRUTAL).with(EVERY, "300ms")),
          new TreeMap<>(
              Map.of(
                  OFFSET,
                  Parameter.time("how far", "20s"),
                  TOWARDS,
                  Parameter.word("future, past", "future", List.of("future", "past")),
                  EVERY,
                  Parameter.time("forth and back again and again, at this pace; 0s: once", "0s"))),
          List.of(Mechanism.SHIM),
          FaultKind.Use.ANY);

  private boolean over;

  ClockSkew() {
    super(KIND, Tally.CLOCK_READINGS_SHIFTED);
  }

  @Override
  public Injector forOne() {
    return new ClockSkew();
  }

  @Override
  void begin(Injection injection, String node) {
    long offset = DurationText.parse(KIND.value(injection.fault(), OFFSET)).toNanos();
    long signed = KIND.value(injection.fault(), TOWARDS).equals("past") ? -offset : offset;
    set(injection, node, signed);
    Duration pace = DurationText.parse(KIND.value(injection.fault(), EVERY));
    if (!pace.isZero()) {
      swing(injection, node, signed, pace, false);
    }
  }

  private static void set(Injection injection, String node, long offset) {
    injection.shims().set(injection.number(), node, Knob.CLOCK_OFFSET_NANOS, offset);
  }

  private void swing(
      Injection injection, String node, long offset, Duration pace, boolean shifted) {
    injection
        .waits()
        .pass(pace)
        .thenRun(
            () -> {
              if (!over) {
                set(injection, node, shifted ? offset : 0);
                swing(injection, node, offset, pace, !shifted);
              }
            });
  }

  @Override
  public CompletionStage<List<Effect>> heal(Injection injection) {
    over = true;
    return super.heal(injection);
  }

  @Override
  String words() {
    return "readings of the clock shifted";
  }
}
