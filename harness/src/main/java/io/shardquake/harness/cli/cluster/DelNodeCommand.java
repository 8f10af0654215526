package io.shardquake.harness.cli.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.harness.cli.Console;
import io.shardquake.harness.cli.ExitCode;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.admin.Membership;
import io.shardquake.harness.cluster.admin.Resharding;
import io.shardquake.harness.cluster.check.CheckReport;
import io.shardquake.harness.cluster.plan.Drain;
import io.shardquake.harness.cluster.plan.SlotHolder;
import io.shardquake.harness.cluster.plan.SlotMove;
import io.shardquake.harness.cluster.state.ClusterSession;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shardquake cluster del-node}. */
@Command(
    name = "del-node",
    description = {
      "Takes a node out of a cluster and resets it; its replicas get other masters. A master that"
          + " owns slots is refused, unless they are to be moved away first."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DelNodeCommand extends ClusterVerb {
  @Parameters(
      index = "1",
      paramLabel = "NODE",
      description = "Its id, the beginning of it, or its address.")
  String reference = "";

  @Option(
      names = "--drain",
      description =
          "Move its slots to the masters that have the fewest first. Ctrl-C ends that after the"
              + " slots in hand; given again, it goes on.")
  boolean drain;

  @Mixin final MoveOptions moving = new MoveOptions();

  DelNodeCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode perform(ClusterSession session, Narration narration) throws Exception {
    ObjectNode result = narration.object();
    NodeReport node = session.snapshot().find(reference);
    if (drain && node.myself().slotCount() > 0) {
      ExitCode drained = drain(session, node, narration, result);
      if (drained != ExitCode.VALID) {
        narration.result(result.put("removed", false));
        return drained;
      }
    }
    // A master that gave its last slot away has become a replica of whoever got it.
    NodeReport empty = session.snapshot().find(node.id());
    narration.line(">>> Removing node " + node.id() + " from cluster " + session.seed());
    List<NodeReport> orphans = new Membership(session).remove(empty);
    orphans.forEach(o -> narration.line(">>> " + o.address() + " replicates another master now"));
    narration.line("[OK] Node " + node.address() + " is removed and reset; it may be shut down.");
    result.put("removed", true);
    NodeText.json(empty, result);
    narration.result(result);
    return ExitCode.VALID;
  }

  private ExitCode drain(
      ClusterSession session, NodeReport node, Narration narration, ObjectNode result)
      throws Exception {
    CheckReport report = CheckReport.of(session);
    ClusterSnapshot snapshot = report.snapshot();
    List<SlotHolder> others =
        snapshot.masters().stream()
            .filter(master -> !master.id().equals(node.id()))
            .map(SlotHolder::of)
            .toList();
    List<SlotMove> moves = Drain.plan(SlotHolder.of(snapshot.find(node.id())), others);
    narration.line(">>> Moving " + moves.size() + " slots away from " + node.address());
    MoveOptions.tell(moves, snapshot, narration);
    Resharding.requireSound(report, moves);
    return moving.run(session, moves, narration, result);
  }
}
