package io.shardquake.harness.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for a condition that says itself what is still missing. */
public final class Readiness {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

  private Readiness() {}

  /** What is waited for. */
  @FunctionalInterface
  public interface Check {
    /**
     * What is still missing, in words; empty when all is well. What it throws ends the wait.
     *
     * @throws ClusterException if waiting longer is pointless
     */
    Optional<String> missing() throws ClusterException, InterruptedException;
  }

  /**
   * Asks until nothing is missing.
   *
   * @param limit how long to wait at most
   * @throws ClusterException naming what was still missing when the time was up, or as the check
   *     threw it
   */
  public static void await(Duration limit, Check check)
      throws ClusterException, InterruptedException {
    AtomicReference<String> last = new AtomicReference<>("");
    try {
      Awaitility.await()
          .dontCatchUncaughtExceptions()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL_INTERVAL)
          .atMost(limit)
          .until(
              () -> {
                Optional<String> reason = check.missing();
                reason.ifPresent(last::set);
                return reason.isEmpty();
              });
    } catch (ConditionTimeoutException e) {
      throw new ClusterException(
          "after " + limit.toSeconds() + " s still not ready: " + last.get(), e);
    }
  }
}
