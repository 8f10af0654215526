package io.shardquake.harness.cli.cluster;

import io.shardquake.harness.cli.Console;
import io.shardquake.harness.cli.ExitCode;
import io.shardquake.harness.cluster.admin.Membership;
import io.shardquake.harness.cluster.state.AbsentNode;
import io.shardquake.harness.cluster.state.ClusterSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code shardquake cluster forget}. */
@Command(
    name = "forget",
    description = "Strikes a node that is gone for good off everybody's list.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ForgetCommand extends ClusterVerb {
  @Parameters(
      index = "1",
      paramLabel = "NODE",
      description = "Its id, the beginning of it, or its address.")
  String reference = "";

  ForgetCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode perform(ClusterSession session, Narration narration) throws Exception {
    AbsentNode node = new Membership(session).forget(reference);
    narration.line("[OK] " + node + " (" + node.id() + ") is forgotten.");
    narration.result(narration.object().put("id", node.id()).put("address", node.toString()));
    return ExitCode.VALID;
  }
}
