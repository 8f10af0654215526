package io.shardquake.harness.experiment;

import io.shardquake.workloads.generator.Generator;
import io.shardquake.workloads.generator.Generators;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How hard clients work.
 *
 * @param concurrency number of processes that work at a time, 1 to 10,000
 * @param rate operations per second that are begun at most, all processes together; empty for as
 *     many as there is room for
 * @param operationTimeout how long one operation may take, redirections included
 */
public record Traffic(int concurrency, OptionalDouble rate, Duration operationTimeout) {
  private static final int MOST_PROCESSES = 10_000;
  private static final double HIGHEST_RATE = 1e9;

  /** Beyond the clients' own time-out: an answer that is on its way still counts. */
  private static final Duration DRAIN_GRACE = Duration.ofSeconds(2);

  /** Where a part of the cluster refuses at once, asking again at once would only fill the disk. */
  private static final int FAILURES_BEFORE_REST = 3;

  private static final Duration REST = Duration.ofMillis(20);

  /**
   * @throws IllegalArgumentException with one line for the user if a bound does not hold
   */
  public Traffic {
    if (concurrency < 1 || concurrency > MOST_PROCESSES) {
      throw new IllegalArgumentException(
          "the concurrency must be from 1 to " + MOST_PROCESSES + ", not " + concurrency);
    }
    if (rate.isPresent() && !(rate.getAsDouble() > 0 && rate.getAsDouble() <= HIGHEST_RATE)) {
      throw new IllegalArgumentException(
          "the rate must be a positive number of operations per second, not " + rate.getAsDouble());
    }
    Experiment.requirePositive("operation time-out", operationTimeout);
  }

  /** A workload's traffic at this rate. */
  public Generator paced(Generator unpaced) {
    Generator generator = Generators.restAfterFailures(FAILURES_BEFORE_REST, REST, unpaced);
    return rate.isEmpty()
        ? generator
        : Generators.stagger(Duration.ofNanos((long) (1e9 / rate.getAsDouble())), generator);
  }

  /** How long operations that are still open are waited for at the end of the traffic. */
  public Duration drainBound() {
    return operationTimeout.plus(DRAIN_GRACE);
  }
}
