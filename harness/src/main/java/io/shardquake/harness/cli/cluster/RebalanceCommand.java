package io.shardquake.harness.cli.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.harness.cli.Console;
import io.shardquake.harness.cli.ExitCode;
import io.shardquake.harness.cli.UsageException;
import io.shardquake.harness.cluster.admin.Resharding;
import io.shardquake.harness.cluster.check.CheckReport;
import io.shardquake.harness.cluster.plan.Rebalance;
import io.shardquake.harness.cluster.plan.SlotHolder;
import io.shardquake.harness.cluster.plan.SlotMove;
import io.shardquake.harness.cluster.state.ClusterSession;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code shardquake cluster rebalance}. */
@Command(
    name = "rebalance",
    description = {
      "Evens out how many slots the masters own. Without --yes it only shows what it would do."
          + " Ctrl-C ends it after the slots in hand; given again, it goes on."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RebalanceCommand extends ClusterVerb {
  @Option(
      names = "--weight",
      paramLabel = "NODE=W",
      description = "Relative share of a master; 0 empties it. (Default: 1.)")
  Map<String, Double> weights = new LinkedHashMap<>();

  @Option(names = "--use-empty-masters", description = "Give slots to masters that have none, too.")
  boolean useEmptyMasters;

  @Option(
      names = "--threshold",
      paramLabel = "PERCENT",
      defaultValue = "2",
      description =
          "Do nothing if no master is off its share by more. (Default: ${DEFAULT-VALUE}.)")
  double threshold;

  @Mixin final MoveOptions moving = new MoveOptions();

  @Option(names = "--yes", description = "Do it.")
  boolean yes;

  RebalanceCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode perform(ClusterSession session, Narration narration) throws Exception {
    CheckReport report = CheckReport.of(session);
    ClusterSnapshot snapshot = report.snapshot();
    Map<String, Double> byId = new HashMap<>();
    for (Map.Entry<String, Double> weight : weights.entrySet()) {
      if (!(weight.getValue() >= 0) || weight.getValue().isInfinite()) {
        throw new UsageException("a weight is a number from 0: not " + weight.getValue());
      }
      byId.put(snapshot.find(weight.getKey()).id(), weight.getValue());
    }
    List<SlotHolder> masters =
        snapshot.masters().stream()
            .filter(master -> useEmptyMasters || !master.myself().slots().isEmpty())
            .map(SlotHolder::of)
            .toList();
    List<SlotMove> moves = Rebalance.plan(masters, byId, threshold);
    ObjectNode result = narration.object();
    ExitCode code = ExitCode.VALID;
    if (moves.isEmpty()) {
      narration.line(
          "*** No rebalancing needed! All nodes are within the " + threshold + "% threshold.");
      result.put("moved", 0).put("left", 0);
    } else {
      narration.line(">>> Rebalancing across " + masters.size() + " nodes:");
      MoveOptions.tell(moves, snapshot, narration);
      if (yes) {
        Resharding.requireSound(report, moves);
        code = moving.run(session, moves, narration, result);
      } else {
        narration.line("Nothing was changed: add --yes to move them.");
        result.put("moved", 0).put("left", moves.size());
      }
    }
    narration.result(result);
    return code;
  }
}
