package io.shardquake.faults.injector.process;

import io.shardquake.checkers.history.Value;
import io.shardquake.faults.nemesis.Injection;
import io.shardquake.faults.nemesis.Waits.Attempt;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Makes the snapshots of a node take long enough for something to happen meanwhile. */
final class Snapshots {
  /** How long a snapshot shall take; its process may outlive a killed server for that long. */
  private static final long MICROS = 3_000_000;

  private static final String DELAY = "rdb-key-save-delay";

  private final Injection injection;

  Snapshots(Injection injection) {
    this.injection = injection;
  }

  /**
   * From now on a snapshot of this node takes some seconds, however little it holds. Fails if the
   * node does not answer, holds nothing, or cannot do that.
   */
  CompletionStage<String> slowDown(String node) {
    return injection
        .waits()
        .within(
            injection.bounds().answer(),
            "DBSIZE",
            () -> injection.cluster().command(node, List.of("DBSIZE")))
        .thenCompose(
            size -> {
              long keys = size instanceof Value.Int count ? count.value() : 0;
              if (keys == 0) {
                throw new IllegalStateException(node + " holds no key, so that nothing takes long");
              }
              return injection
                  .settings()
                  .set(injection.number(), node, DELAY, Long.toString(MICROS / keys + 1));
            });
  }

  /** Completes when a section of a node's INFO has this line. */
  CompletionStage<String> await(String node, String section, String line) {
    return injection
        .waits()
        .until(
            injection.bounds().ending(),
            injection.bounds().poll().dividedBy(4),
            () ->
                injection
                    .probe()
                    .info(node, section)
                    .thenApply(
                        info ->
                            info.lines().anyMatch(line::equals)
                                ? Attempt.of(line)
                                : Attempt.<String>wanting(node + " never said " + line)));
  }
}
