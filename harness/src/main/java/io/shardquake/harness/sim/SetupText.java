package io.shardquake.harness.sim;

import io.shardquake.faults.plan.Fault;
import io.shardquake.harness.experiment.Experiment;
import io.shardquake.harness.sim.network.NetworkQuality;
import io.shardquake.harness.sim.node.MachineQuality;
import io.shardquake.harness.target.ClusterOptions;
import java.util.Locale;

/** The configuration of a simulation, for people. */
public final class SetupText {
  private SetupText() {}

  /** Several lines, each ending in a line feed. */
  public static String of(SimSetup setup) {
    Experiment experiment = setup.experiment();
    ClusterOptions cluster = experiment.cluster();
    NetworkQuality network = setup.world().network();
    MachineQuality machine = setup.world().machine();
    StringBuilder text = new StringBuilder();
    line(text, "seed %d, %d s of traffic", experiment.seed(), experiment.time().toSeconds());
    line(
        text,
        "  cluster   %d masters, %d replicas each, node timeout %d ms, appendfsync %s%s",
        cluster.masters(),
        cluster.replicasPerMaster(),
        cluster.nodeTimeout().toMillis(),
        cluster.appendFsync().name().toLowerCase(Locale.ROOT),
        cluster.directives().isEmpty() ? "" : "; " + String.join("; ", cluster.directives()));
    line(
        text,
        "  traffic   %s, %d clients, %.0f operations/s, time-out %d ms; %d keys, %d operations"
            + " each, %.0f %% reads, values of %d bytes",
        experiment.workload(),
        experiment.traffic().concurrency(),
        experiment.traffic().rate().orElse(0),
        experiment.traffic().operationTimeout().toMillis(),
        experiment.workloadOptions().activeKeys(),
        experiment.workloadOptions().operationsPerKey(),
        100 * experiment.workloadOptions().readShare(),
        experiment.workloadOptions().valueBytes());
    line(
        text,
        "  network   %d to %d us, worst direction %d times slower, %.3f %% lost",
        network.leastMicros(),
        network.leastMicros() + network.spreadMicros(),
        network.slowLaneFactor(),
        100 * network.loss());
    line(
        text,
        "  machines  turn %d us, sync about %d us, tick %d ms, drift %d ppm, a kill %s",
        machine.turnMicros(),
        machine.syncMicros(),
        machine.tickMillis(),
        machine.driftMillionths(),
        machine.losesPower() ? "takes the machine along" : "leaves the machine");
    if (!setup.world().strays().isZero()) {
      line(
          text,
          "  strays    one every %d ms asks whom it should not",
          setup.world().strays().toMillis());
    }
    line(text, "  faults    %d", experiment.plan().faults().size());
    for (int i = 0; i < experiment.plan().faults().size(); i++) {
      Fault fault = experiment.plan().faults().get(i);
      line(text, "    %2d  %s %s", i, fault.describe(), fault.parameters());
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
