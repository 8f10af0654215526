package io.shardquake.harness.cli.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.harness.cli.Console;
import io.shardquake.harness.cli.ExitCode;
import io.shardquake.harness.cluster.Answers;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.SlotCommands;
import io.shardquake.harness.cluster.state.AbsentNode;
import io.shardquake.harness.cluster.state.ClusterSession;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code shardquake cluster info}. */
@Command(
    name = "info",
    description = "Says who the masters are and how much each holds.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class InfoCommand extends ClusterVerb {
  private static final int SHORT_ID = 8;

  InfoCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode perform(ClusterSession session, Narration narration) throws Exception {
    ClusterSnapshot snapshot = session.snapshot();
    Map<String, SlotCommands> masters = session.masters(snapshot);
    ObjectNode result = narration.object();
    ArrayNode nodes = result.putArray("masters");
    long total = 0;
    for (NodeReport master : snapshot.masters()) {
      SlotCommands node = masters.get(master.id());
      long keys = Answers.await(node.node(), node.size());
      int replicas = snapshot.replicasOf(master.id()).size();
      total += keys;
      narration.line(
          "%s (%s...) -> %d keys | %d slots | %d slaves."
              .formatted(
                  master.address(),
                  master.id().substring(0, Math.min(SHORT_ID, master.id().length())),
                  keys,
                  master.myself().slotCount(),
                  replicas));
      ObjectNode object = nodes.addObject();
      NodeText.json(master, object);
      object.put("keys", keys);
      object.put("replicas", replicas);
    }
    for (AbsentNode node : snapshot.absent()) {
      narration.line("[WARNING] " + node + " cannot be reached: " + node.reason());
    }
    narration.line("[OK] " + total + " keys in " + snapshot.masters().size() + " masters.");
    narration.line(
        String.format(
            Locale.ROOT, "%.2f keys per slot on average.", (double) total / SlotRange.SLOTS));
    result.put("keys", total);
    snapshot.absent().forEach(node -> result.withArray("absent").add(node.toString()));
    narration.result(result);
    return ExitCode.VALID;
  }
}
