package io.shardquake.harness.cli.cluster;

import io.shardquake.harness.cli.Console;
import io.shardquake.harness.cli.ExitCode;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.admin.Membership;
import io.shardquake.harness.cluster.state.ClusterSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code shardquake cluster reset}. */
@Command(
    name = "reset",
    description = {
      "Makes one node forget its cluster; a replica also loses its data. A master that owns slots is"
          + " refused."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ResetCommand extends ClusterVerb {
  @Option(names = "--hard", description = "Give it a new id, too, and let it begin at epoch 0.")
  boolean hard;

  @Option(names = "--force", description = "Also if it owns slots, which nobody serves then.")
  boolean force;

  ResetCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode perform(ClusterSession session, Narration narration) throws Exception {
    NodeReport node = session.snapshot().find(session.seed().toString());
    new Membership(session).reset(node, hard, force);
    narration.line("[OK] " + node.address() + " is reset.");
    narration.result(narration.object().put("address", node.address().toString()));
    return ExitCode.VALID;
  }
}
