package io.shardquake.harness.conformance.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for conditions of a cluster. */
final class Watch {
  private static final Duration INTERVAL = Duration.ofMillis(20);

  private Watch() {}

  /** Whether it comes to hold within the limit. */
  static boolean comes(Duration limit, Check check) {
    try {
      Awaitility.await()
          .dontCatchUncaughtExceptions()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(INTERVAL)
          .atMost(limit)
          .until(quiet(check));
      return true;
    } catch (ConditionTimeoutException late) {
      return false;
    }
  }

  private static Callable<Boolean> quiet(Check check) {
    return () -> {
      try {
        return check.holds();
      } catch (IOException silent) {
        return false;
      }
    };
  }
}
