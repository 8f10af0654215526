package io.shardquake.harness.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Limits;
import io.shardquake.checkers.topology.TopologyLogReader;
import io.shardquake.faults.injector.StandardFaults;
import io.shardquake.harness.experiment.Apparatus;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.experiment.ExperimentRecord;
import io.shardquake.harness.experiment.ExperimentRun;
import io.shardquake.harness.experiment.Provenance;
import io.shardquake.harness.interpreter.RunClock;
import io.shardquake.harness.interpreter.StopSignal;
import io.shardquake.harness.sim.SimSetup;
import io.shardquake.harness.sim.Simulation;
import io.shardquake.harness.sim.run.World;
import io.shardquake.harness.store.RunDirectory;
import io.shardquake.harness.target.ReferenceTarget;
import io.shardquake.workloads.register.RegisterWorkload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same scenario live, on reference nodes with processes and sockets, and in simulation: all
 * nodes go through the same roles and epochs, and own the same slots in the end. One scenario by
 * default; {@code -Dshardquake.scenarios=all} for all of them, which takes minutes.
 */
final class ScenarioAgreementIT {
  private static final Simulation SIMULATION =
      new Simulation(StandardFaults.catalogue(), new Limits(Duration.ofMinutes(1), 128L << 20));

  @TempDir Path directory;

  static Stream<Scenario> scenarios() {
    return System.getProperty("shardquake.scenarios", "").equals("all")
        ? Scenario.ALL.stream()
        : Scenario.ALL.stream().limit(1);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void aLiveClusterGoesTheWayOfASimulatedOne(Scenario scenario) throws Exception {
    Course simulated =
        Course.of(
            SIMULATION.run(new SimSetup(scenario.on("sim"), World.GOOD)).evidence().topology());
    Course live = live(scenario.on("reference"));
    assertThat(live.roles())
        .as("roles and epochs, live against simulated")
        .isEqualTo(simulated.roles());
    assertThat(live.owners())
        .as("owners at the end, live against simulated")
        .isEqualTo(simulated.owners());
  }

  private Course live(Experiment experiment) throws Exception {
    RunClock clock = RunClock.startNow();
    RunDirectory run = RunDirectory.create(directory, experiment.name(), clock.start());
    ExperimentRecord written =
        new ExperimentRecord(
            experiment, new Provenance(clock.start(), "", "", Provenance.versionsHere()));
    Apparatus apparatus =
        new Apparatus(
            ReferenceTarget.onThisMachine(), new RegisterWorkload(), StandardFaults.catalogue());
    new ExperimentRun(written, apparatus, run, clock, new StopSignal(), (result, nanos) -> {})
        .execute();
    return Course.of(TopologyLogReader.read(run.topology()).content());
  }
}
