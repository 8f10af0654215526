package io.shardquake.reports.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.checkers.faultlog.FaultLog;
import io.shardquake.checkers.history.Value;
import io.shardquake.reports.PlannedFault;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FaultFactsTest {
  private static FaultEvent event(long at, int fault, Phase phase, String kind, String... nodes) {
    return new FaultEvent(at, fault, phase, kind, List.of(nodes), "", Value.Mapping.EMPTY);
  }

  private static List<FaultFacts> facts(FaultEvent... events) {
    List<PlannedFault> plan = List.of(new PlannedFault(0, "kill", "random-master", 5, 20));
    return FaultFacts.of(plan, new FaultLog(List.of(events)), 100);
  }

  @Test
  void keepsAFaultThatNeverFired() {
    FaultFacts fault = facts().get(0);
    assertThat(fault.state()).isEqualTo("pending");
    assertThat(fault.from()).isNull();
    assertThat(fault.kind()).isEqualTo("kill");
  }

  @Test
  void lastsFromInjectionToHealing() {
    FaultFacts fault =
        facts(
                event(10, 0, Phase.INJECT, "kill", "n1"),
                event(11, 0, Phase.BIT, "kill", "n1"),
                event(30, 0, Phase.HEAL, "kill", "n1"),
                event(33, 0, Phase.HEALED, "kill", "n1"))
            .get(0);
    assertThat(fault.state()).isEqualTo("bit");
    assertThat(fault.from()).isEqualTo(10);
    assertThat(fault.to()).isEqualTo(33);
    assertThat(fault.nodes()).containsExactly("n1");
  }

  @Test
  void lastsToTheEndWhenItWasNotHealed() {
    List<FaultFacts> faults =
        facts(event(10, 0, Phase.INJECT, "kill", "n1"), event(11, 0, Phase.BIT, "kill", "n1"));
    assertThat(faults.get(0).to()).isEqualTo(100);
  }

  @Test
  void countsAsBitIfItBitSomeOfItsNodes() {
    List<FaultFacts> faults =
        facts(
            event(10, 0, Phase.INJECT, "kill", "n1", "n2"),
            event(11, 0, Phase.BIT, "kill", "n1"),
            event(12, 0, Phase.MISSED, "kill", "n2"));
    assertThat(faults.get(0).state()).isEqualTo("bit");
    assertThat(faults.get(0).nodes()).containsExactly("n1", "n2");
  }

  @Test
  void tellsWhatConcernsTheWholeRunLastAndApart() {
    List<FaultFacts> faults =
        facts(
            event(50, -1, Phase.HEALED, "heal"),
            event(60, -1, Phase.HEAL_FAILED, "recovery"),
            event(10, 1, Phase.SKIPPED, "partition"));
    assertThat(faults)
        .extracting(FaultFacts::number, FaultFacts::kind)
        .containsExactly(
            tuple(0, "kill"), tuple(1, "partition"), tuple(-1, "heal"), tuple(-1, "recovery"));
  }
}
