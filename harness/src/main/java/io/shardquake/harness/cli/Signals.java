package io.shardquake.harness.cli;

import io.shardquake.harness.interpreter.StopSignal;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C and SIGTERM: the first asks for an end in good order (a run heals, stops and judges what
 * it has; a reshard finishes the slots in hand); the second ends the process at once.
 */
public final class Signals {
  /** 128 and the number of SIGINT, as shells have it. */
  private static final int INTERRUPTED = 130;

  private static final List<String> NAMES = List.of("INT", "TERM");

  private Signals() {}

  /**
   * Listens from now on.
   *
   * @param notice what to tell people at the first signal
   */
  public static void raiseOnInterrupt(StopSignal stop, Console console, String notice) {
    AtomicInteger count = new AtomicInteger();
    for (String name : NAMES) {
      org.jline.utils.Signals.register(
          name,
          () -> {
            if (count.incrementAndGet() > 1) {
              System.exit(INTERRUPTED);
            }
            console.err().println("\n" + notice + "; once more to end at once");
            stop.raise();
          });
    }
  }

  /**
   * Leaves it to another process to end in good order: a terminal tells both of Ctrl-C, and SIGTERM
   * is passed on.
   */
  static void passOn(Process other) {
    org.jline.utils.Signals.register("INT", () -> {});
    org.jline.utils.Signals.register("TERM", other::destroy);
  }
}
