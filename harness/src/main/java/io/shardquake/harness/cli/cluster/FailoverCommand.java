package io.shardquake.harness.cli.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.harness.cli.Console;
import io.shardquake.harness.cli.ExitCode;
import io.shardquake.harness.cli.UsageException;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.admin.Failover;
import io.shardquake.harness.cluster.state.ClusterSession;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shardquake cluster failover}. */
@Command(
    name = "failover",
    description = "Makes a replica the master of its shard.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class FailoverCommand extends ClusterVerb {
  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "REPLICA",
      description = "Its id, the beginning of it, or its address. (Default: the first node.)")
  Optional<String> reference = Optional.empty();

  @Option(
      names = "--force",
      description = "Do not ask the master, which may be down; what it has not sent yet is lost.")
  boolean force;

  @Option(
      names = "--takeover",
      description = "Ask nobody: for when no majority of the masters is left.")
  boolean takeover;

  FailoverCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode perform(ClusterSession session, Narration narration) throws Exception {
    if (force && takeover) {
      throw new UsageException("--force and --takeover exclude each other");
    }
    Failover.Mode mode =
        takeover ? Failover.Mode.TAKEOVER : force ? Failover.Mode.FORCE : Failover.Mode.NORMAL;
    NodeReport replica = session.snapshot().find(reference.orElse(session.seed().toString()));
    Failover.run(session, replica, mode, session.nodeTimeout(replica.id()), narration::line);
    NodeReport promoted = session.snapshot().find(replica.id());
    narration.line("[OK] " + promoted.address() + " is master now.");
    ObjectNode result = narration.object();
    NodeText.json(promoted, result);
    narration.result(result);
    return ExitCode.VALID;
  }
}
