package io.shardquake.harness.cli.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.harness.cli.DurationConverter;
import io.shardquake.harness.cli.ExitCode;
import io.shardquake.harness.cli.Signals;
import io.shardquake.harness.cli.UsageException;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.admin.Resharding;
import io.shardquake.harness.cluster.move.MoveSettings;
import io.shardquake.harness.cluster.plan.SlotMove;
import io.shardquake.harness.cluster.state.ClusterSession;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import io.shardquake.harness.interpreter.StopSignal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How slots are moved, for every verb that moves some. */
final class MoveOptions {
  @Option(
      names = "--pipeline",
      paramLabel = "N",
      description =
          "Keys in one MIGRATE. (Default: as many as hold up a server for no longer than some"
              + " milliseconds.)")
  Optional<Integer> pipeline = Optional.empty();

  @Option(
      names = "--migrate-limit",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description = "How long one MIGRATE may take. (Default: ${DEFAULT-VALUE}.)")
  Duration limit = Duration.ZERO;

  private MoveSettings settings() throws UsageException {
    try {
      OptionalInt batch = pipeline.map(OptionalInt::of).orElse(OptionalInt.empty());
      return new MoveSettings(batch, limit);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /** Says in a few lines what would be moved. */
  static void tell(List<SlotMove> moves, ClusterSnapshot snapshot, Narration narration) {
    Map<String, Integer> pairs = new LinkedHashMap<>();
    for (SlotMove move : moves) {
      String pair = name(move.from(), snapshot) + " to " + name(move.to(), snapshot);
      pairs.merge(pair, 1, Integer::sum);
    }
    pairs.forEach((pair, count) -> narration.line("    " + count + " slots from " + pair));
  }

  private static String name(String id, ClusterSnapshot snapshot) {
    return snapshot.report(id).map(report -> report.address().toString()).orElse(id);
  }

  Resharding resharding(ClusterSession session) throws UsageException {
    return new Resharding(session, settings());
  }

  /**
   * Moves, showing how it goes; the first Ctrl-C ends it after the slots in hand.
   *
   * @param result gets what was done
   * @return 2 if it was stopped before the end
   */
  ExitCode run(ClusterSession session, List<SlotMove> moves, Narration narration, ObjectNode result)
      throws UsageException, ClusterException, InterruptedException {
    Resharding resharding = resharding(session);
    StopSignal stop = new StopSignal();
    Signals.raiseOnInterrupt(stop, narration.console(), "stopping: the slots in hand first");
    int moved;
    long keys;
    try (MoveBar bar =
        new MoveBar(narration.console(), System::nanoTime, moves.size(), resharding.keys(moves))) {
      moved = resharding.run(moves, bar, stop::raised);
      keys = bar.keysMoved();
    }
    result.put("moved", moved);
    result.put("keys", keys);
    result.put("left", moves.size() - moved);
    if (moved < moves.size()) {
      narration.line(
          "[WARNING] stopped: "
              + moved
              + " slots are moved, "
              + (moves.size() - moved)
              + " are left; none is open");
      return ExitCode.UNKNOWN;
    }
    narration.line("[OK] " + moved + " slots with " + keys + " keys moved.");
    return ExitCode.VALID;
  }
}
