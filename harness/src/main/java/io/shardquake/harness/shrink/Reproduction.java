package io.shardquake.harness.shrink;

import io.shardquake.checkers.Limits;
import io.shardquake.faults.injector.StandardFaults;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.experiment.ExperimentJson;
import io.shardquake.harness.sim.SimResult;
import io.shardquake.harness.sim.SimSetup;
import io.shardquake.harness.sim.SimSetupJson;
import io.shardquake.harness.sim.Simulation;
import io.shardquake.harness.sim.run.World;
import io.shardquake.harness.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A simulation that a run directory describes, to be run again: for tests that keep a failure from
 * coming back.
 */
public record Reproduction(SimSetup setup) {
  /** The file beside {@code experiment.json} that says what a simulation took place in. */
  public static final String FILE = "simulation.json";

  private static final Limits LIMITS = new Limits(Duration.ofMinutes(2), 256L << 20);

  /**
   * Reads a run directory. That of a live run is simulated on a good day: the same plan and
   * workload.
   *
   * @throws StoreException if it cannot be read, or is not what it should be, with one line
   */
  public static Reproduction read(Path directory) throws StoreException {
    Experiment experiment = ExperimentJson.read(directory.resolve("experiment.json")).experiment();
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return new Reproduction(new SimSetup(experiment, World.GOOD));
    }
    try {
      return new Reproduction(SimSetupJson.read(experiment, Files.readString(file)));
    } catch (IOException e) {
      throw StoreException.reading(file, e);
    } catch (IllegalArgumentException e) {
      throw new StoreException(file + " cannot be used: " + e.getMessage());
    }
  }

  /** What simulates it. */
  public Simulation simulation() {
    return new Simulation(StandardFaults.catalogue(), LIMITS);
  }

  /** Simulates it. */
  public SimResult run() {
    return simulation().run(setup);
  }
}
