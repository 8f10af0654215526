package io.shardquake.harness.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.faults.injector.StandardFaults;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.harness.experiment.Contract;
import io.shardquake.harness.sim.run.SimulatedRun.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whole experiments in virtual time. */
final class SimulationTest {
  private static final Simulation SIMULATION =
      new Simulation(StandardFaults.catalogue(), new Limits(Duration.ofMinutes(1), 128L << 20));

  private static SimSetup setup(long seed) {
    List<FaultKind> kinds =
        StandardFaults.catalogue().kinds().stream()
            .filter(kind -> List.of("kill", "pause", "partition").contains(kind.name()))
            .toList();
    return new Swarm(
            "register",
            kinds,
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            Contract.REDIS_CLUSTER,
            Set.of())
        .draw(seed);
  }

  @Test
  void aClusterIsFormedBrokenHealedAndJudged() {
    SimResult result = SIMULATION.run(setup(1));
    assertThat(result.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(result.verdict().validity())
        .as(result.verdict().reason())
        .isNotEqualTo(Validity.INVALID);
    assertThat(result.evidence().history().size()).isPositive();
    assertThat(result.evidence().faults().events()).isNotEmpty();
    assertThat(result.evidence().topology().samples()).isNotEmpty();
  }

  @Test
  void theSameSeedGoesTheSameWay() {
    assertThat(SIMULATION.run(setup(2)).hash()).isEqualTo(SIMULATION.run(setup(2)).hash());
  }

  @Test
  void anotherSeedGoesAnotherWay() {
    assertThat(SIMULATION.run(setup(3)).hash()).isNotEqualTo(SIMULATION.run(setup(4)).hash());
  }
}
