package io.shardquake.harness.cli;

import io.shardquake.harness.interpreter.StopSignal;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C and SIGTERM: the first ends the traffic, so that the run heals, stops and judges what it
 * has; the second ends the process at once.
 */
final class Signals {
  /** 128 and the number of SIGINT, as shells have it. */
  private static final int INTERRUPTED = 130;

  private static final List<String> NAMES = List.of("INT", "TERM");

  private Signals() {}

  /** Listens from now on. */
  static void raiseOnInterrupt(StopSignal stop, Console console) {
    AtomicInteger count = new AtomicInteger();
    for (String name : NAMES) {
      org.jline.utils.Signals.register(
          name,
          () -> {
            if (count.incrementAndGet() > 1) {
              System.exit(INTERRUPTED);
            }
            console
                .err()
                .println("\nstopping: healing and judging first; once more to end at once");
            stop.raise();
          });
    }
  }
}
