package io.shardquake.harness.cli.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.harness.cli.Console;
import io.shardquake.harness.cli.ExitCode;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.admin.Membership;
import io.shardquake.harness.cluster.state.ClusterSession;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shardquake cluster add-node}. */
@Command(
    name = "add-node",
    description = {"Adds an empty node to a cluster: as a master without slots, or as a replica."},
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class AddNodeCommand extends ClusterVerb {
  @Parameters(index = "1", paramLabel = "NEW", description = "The new node, as host:port.")
  String newcomer = "";

  @Option(
      names = {"--replica", "--slave"},
      description = "As a replica of the master with the fewest.")
  boolean replica;

  @Option(
      names = {"--replica-of", "--master-id"},
      paramLabel = "NODE",
      description = "As a replica of this master.")
  Optional<String> master = Optional.empty();

  AddNodeCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode perform(ClusterSession session, Narration narration) throws Exception {
    NodeAddress address = AccessOptions.address(newcomer);
    narration.line(">>> Adding node " + address + " to cluster " + session.seed());
    ClusterSnapshot before = session.snapshot();
    Optional<NodeReport> chosen = Optional.empty();
    if (master.isPresent()) {
      chosen = Optional.of(masterNamed(before, master.get()));
    } else if (replica) {
      chosen = Optional.of(Membership.poorestMaster(before));
      narration.line("Automatically selected master " + chosen.get().address());
    }
    Membership membership = new Membership(session);
    narration.line(">>> Send CLUSTER MEET to node " + address + " to make it join the cluster.");
    NodeReport joined = membership.join(address);
    if (chosen.isPresent()) {
      narration.line(">>> Configure node as replica of " + chosen.get().address() + ".");
      membership.replicate(joined, chosen.get().id());
    }
    narration.line("[OK] New node added correctly.");
    ObjectNode result = narration.object();
    ClusterSnapshot after = session.snapshot();
    NodeText.json(after.find(joined.id()), result);
    narration.result(result);
    return ExitCode.VALID;
  }

  private static NodeReport masterNamed(ClusterSnapshot snapshot, String reference)
      throws ClusterException {
    NodeReport node = snapshot.find(reference);
    if (!node.isMaster()) {
      throw new ClusterException(
          "the node " + node.address() + " is a replica itself: name a master");
    }
    return node;
  }
}
