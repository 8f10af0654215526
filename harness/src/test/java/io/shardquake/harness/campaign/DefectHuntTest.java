package io.shardquake.harness.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.faults.injector.StandardFaults;
import io.shardquake.faults.plan.FaultSelection;
import io.shardquake.harness.experiment.Contract;
import io.shardquake.harness.sim.SimCapabilities;
import io.shardquake.harness.sim.SimResult;
import io.shardquake.harness.sim.Simulation;
import io.shardquake.harness.sim.Swarm;
import io.shardquake.node.core.defect.Defect;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether seeds find defects: those that few seeds are enough for. */
final class DefectHuntTest {
  private static final Simulation SIMULATION =
      new Simulation(StandardFaults.catalogue(), new Limits(Duration.ofMinutes(1), 128L << 20));
  private static final SeedRange SEEDS = new SeedRange(1, 40);

  private static Swarm swarm(Set<Defect> defects) {
    return new Swarm(
        Swarm.ANY_WORKLOAD,
        FaultSelection.parse("any", StandardFaults.catalogue().kinds())
            .on(SimCapabilities.ALL)
            .kinds(),
        Duration.ofSeconds(20),
        Duration.ofSeconds(60),
        Contract.REDIS_CLUSTER,
        defects);
  }

  @ParameterizedTest
  @EnumSource(
      value = Defect.class,
      names = {
        "WRITE_AT_ONCE",
        "FAIL_WITHOUT_MAJORITY",
        "WRITE_NODES_CONF_IN_PLACE",
        "VOTE_TWICE",
        "IGNORE_HASH_TAGS"
      })
  void aFewSeedsFindTheDefect(Defect defect) {
    DefectHunt hunt = new DefectHunt(SIMULATION, () -> 0, 1, Long.MAX_VALUE);
    Detection found = hunt.hunt(defect, SEEDS, swarm(Set.of(defect))::draw, () -> false);
    assertThat(found.finds()).as(found.row()).hasSize(1);
  }

  @Test
  void aFindTellsAfterHowManySeedsAndByWhatItWasMade() {
    DefectHunt hunt = new DefectHunt(SIMULATION, () -> 0, 2, Long.MAX_VALUE);
    Swarm swarm = swarm(Set.of(Defect.WRITE_NODES_CONF_IN_PLACE));
    Detection found = hunt.hunt(Defect.WRITE_NODES_CONF_IN_PLACE, SEEDS, swarm::draw, () -> false);
    assertThat(found.finds()).hasSize(2);
    assertThat(found.finds().get(1).seed())
        .isEqualTo(found.finds().get(0).seed() + found.finds().get(1).after());
    assertThat(found.row()).contains("`write-nodes-conf-in-place`", "nodes-conf-torn");
  }

  @Test
  void aCorrectNodeIsNotSuspected() {
    for (long seed = 1; seed <= 3; seed++) {
      SimResult result = SIMULATION.run(swarm(Set.of()).draw(seed));
      assertThat(result.verdict().validity())
          .as("seed %d: %s", seed, result.verdict().reason())
          .isNotEqualTo(Validity.INVALID);
    }
  }
}
