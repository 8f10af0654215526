package io.shardquake.harness.cli.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.harness.cli.Console;
import io.shardquake.harness.cli.ExitCode;
import io.shardquake.harness.cluster.check.CheckReport;
import io.shardquake.harness.cluster.state.ClusterSession;
import picocli.CommandLine.Command;

/** {@code shardquake cluster check}. */
@Command(
    name = "check",
    description = "Says what is wrong with a cluster, what it means, and what repairs it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CheckClusterCommand extends ClusterVerb {
  CheckClusterCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode perform(ClusterSession session, Narration narration) throws Exception {
    CheckReport report = CheckReport.of(session);
    narration.line(">>> Performing Cluster Check (using node " + session.seed() + ")");
    narration.lines(CheckText.of(report));
    ObjectNode result = narration.object();
    CheckText.json(report, result);
    narration.result(result);
    return report.isClean() ? ExitCode.VALID : ExitCode.INVALID;
  }
}
