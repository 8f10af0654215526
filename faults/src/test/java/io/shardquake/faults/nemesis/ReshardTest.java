package io.shardquake.faults.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.faults.NodeStatus.State;
import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.Selector;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ReshardTest {
  private final Story story = new Story();

  private static Fault fault(String kind, String on) {
    return Fault.of(kind, Selector.parse(on), Duration.ofSeconds(1), Duration.ofSeconds(3));
  }

  @Test
  void movesSlotsOfAMasterToAnotherUntilItsTimeIsOver() {
    story.with(fault("reshard", "node 1")).run("2s");
    assertThat(story.event(0, Phase.BIT).detail())
        .matches("n1: 1 slots and 3 keys so far have gone to n[23]");

    story.time.run(Duration.ofSeconds(10));
    assertThat(story.event(0, Phase.HEALED).detail())
        .isEqualTo("n1: 7 slots and 20 keys have moved, none is open");
    assertThat(story.cluster.fakeSlots().log()).hasSize(2).endsWith("stop");
  }

  @Test
  void closesWhatAMoveThatFailedLeftOpenAsSoonAsItCan() {
    story.cluster.fakeSlots().failInTheMiddle(2);
    story.with(fault("reshard", "node 1")).run("30s");

    assertThat(story.cluster.fakeSlots().log()).endsWith("abandon", "close", "close", "close");
    assertThat(story.event(0, Phase.HEALED).detail()).isEqualTo("n1: no slot is open");
  }

  @Test
  void saysWhenSlotsStayOpen() {
    story.cluster.fakeSlots().failInTheMiddle(Integer.MAX_VALUE);
    story.with(fault("reshard", "node 1")).run("300s");

    assertThat(story.event(0, Phase.HEAL_FAILED).detail()).isEqualTo("n1: slots stay open: 42");
  }

  @Test
  void killsTheSourceWhenTheFirstKeyHasGone() {
    story.with(fault("interrupted-reshard", "node 1")).run("3s");
    assertThat(story.event(0, Phase.BIT).nodes()).containsExactly("n1");
    assertThat(story.cluster.states()).containsEntry("n1", State.DEAD);

    story.time.run(Duration.ofSeconds(10));
    assertThat(story.cluster.states().values()).containsOnly(State.RUNNING);
    assertThat(story.cluster.fakeSlots().log()).endsWith("close");
    assertThat(story.event(0, Phase.HEALED).detail()).contains("no slot is open");
  }

  @Test
  void namesTheTargetThatItKills() {
    story.with(fault("interrupted-reshard", "node 1").with("victim", "target")).run("3s");

    assertThat(story.event(0, Phase.BIT).nodes()).isSubsetOf("n2", "n3").hasSize(1);
    assertThat(story.cluster.states()).containsEntry("n1", State.RUNNING);
  }

  @Test
  void leavesSlotsOpenWhereNobodyGoesOn() {
    story.with(fault("interrupted-reshard", "node 1").with("victim", "administrator")).run("20s");

    assertThat(story.event(0, Phase.BIT).detail()).endsWith("; nobody goes on");
    assertThat(story.cluster.states().values()).containsOnly(State.RUNNING);
    assertThat(story.phases(0)).endsWith(Phase.HEALED);
  }
}
