package io.shardquake.harness.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.history.Value;
import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.faults.plan.Selector;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImprovisedPlanTest {
  private static final Fault KILL =
      Fault.of("kill", Selector.Nodes.node(1), Duration.ofSeconds(5), LabOrder.UNTIL_HEALED);

  private static FaultEvent event(int fault, Phase phase, long millis) {
    return new FaultEvent(
        millis * 1_000_000, fault, phase, "kill", List.of("n1"), "", Value.Mapping.EMPTY);
  }

  @Test
  void aFaultLastsAsLongAsItDidLast() {
    ImprovisedPlan plan = new ImprovisedPlan(FaultPlan.EMPTY);
    plan.add(KILL);
    plan.observe(event(0, Phase.INJECT, 7_000));
    plan.observe(event(0, Phase.HEAL, 9_500));

    Fault recorded = plan.plan().faults().get(0);

    assertThat(recorded.duration()).isEqualTo(Duration.ofMillis(2_500));
    assertThat(recorded.at()).isEqualTo(KILL.at());
    assertThat(recorded.draw()).isEqualTo(KILL.draw());
  }

  @Test
  void aFaultThatWasToEndByItselfKeepsItsLength() {
    Fault brief = Fault.of("kill", Selector.Nodes.node(1), Duration.ZERO, Duration.ofSeconds(1));
    ImprovisedPlan plan = new ImprovisedPlan(new FaultPlan(List.of(brief)));
    plan.observe(event(0, Phase.INJECT, 1_000));
    plan.observe(event(0, Phase.HEAL, 2_010));

    assertThat(plan.plan().faults()).containsExactly(brief);
  }

  @Test
  void theHealOfEverythingAtTheEndIsNoFault() {
    ImprovisedPlan plan = new ImprovisedPlan(FaultPlan.EMPTY);
    plan.observe(event(-1, Phase.HEAL, 1_000));

    assertThat(plan.plan()).isEqualTo(FaultPlan.EMPTY);
  }
}
