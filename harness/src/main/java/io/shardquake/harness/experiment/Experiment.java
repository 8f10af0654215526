package io.shardquake.harness.experiment;

import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.workloads.WorkloadOptions;
import java.time.Duration;

/**
 * One experiment, as a value: everything that decides what is going to be done.
 *
 * @param name one word for people, part of the run directory's name
 * @param target the target's name ({@code redis})
 * @param cluster what cluster the target starts
 * @param workload the workload's name ({@code register}), or the mixture as text ({@code
 *     register=4,set})
 * @param workloadOptions what is chosen of the workload
 * @param traffic how hard clients work
 * @param plan the faults
 * @param contract what the target is held to
 * @param seed everything random is drawn from it
 * @param time how long the traffic lasts, faults included
 * @param recoveryBound how long the cluster may take to become whole again once everything has been
 *     healed
 */
public record Experiment(
    String name,
    String target,
    ClusterOptions cluster,
    String workload,
    WorkloadOptions workloadOptions,
    Traffic traffic,
    FaultPlan plan,
    Contract contract,
    long seed,
    Duration time,
    Duration recoveryBound) {

  private static final Duration LONGEST = Duration.ofDays(7);

  /**
   * @throws IllegalArgumentException with one line for the user if a bound does not hold
   */
  public Experiment {
    requirePositive("time", time);
    requirePositive("recovery bound", recoveryBound);
  }

  /** The same experiment with other faults. */
  public Experiment withPlan(FaultPlan other) {
    return new Experiment(
        name,
        target,
        cluster,
        workload,
        workloadOptions,
        traffic,
        other,
        contract,
        seed,
        time,
        recoveryBound);
  }

  /** The same experiment with traffic of another length. */
  public Experiment withTime(Duration other) {
    return new Experiment(
        name,
        target,
        cluster,
        workload,
        workloadOptions,
        traffic,
        plan,
        contract,
        seed,
        other,
        recoveryBound);
  }

  /** The same experiment with another cluster. */
  public Experiment withCluster(ClusterOptions other) {
    return new Experiment(
        name,
        target,
        other,
        workload,
        workloadOptions,
        traffic,
        plan,
        contract,
        seed,
        time,
        recoveryBound);
  }

  static void requirePositive(String what, Duration duration) {
    if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "the " + what + " must be longer than 0s and at most 168h, not " + duration);
    }
  }
}
