package io.shardquake.harness.cli.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.harness.cli.Console;
import io.shardquake.harness.cli.ExitCode;
import io.shardquake.harness.cli.UsageException;
import io.shardquake.harness.cluster.ClusterException;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.admin.Resharding;
import io.shardquake.harness.cluster.admin.UnfinishedReshard;
import io.shardquake.harness.cluster.check.CheckReport;
import io.shardquake.harness.cluster.plan.Reshard;
import io.shardquake.harness.cluster.plan.SlotHolder;
import io.shardquake.harness.cluster.plan.SlotMove;
import io.shardquake.harness.cluster.state.ClusterSession;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code shardquake cluster reshard}. */
@Command(
    name = "reshard",
    description = {
      "Moves slots with their keys to a master, while clients use them. Without --yes it only shows"
          + " what it would do. Ctrl-C ends it after the slots in hand; the same command, given"
          + " again in the same directory, goes on, also after a crash."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReshardCommand extends ClusterVerb {
  private static final int SHORT_ID = 8;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "NODE",
      description = "The master that gets them: its id, the beginning of it, or its address.")
  String to = "";

  @Option(names = "--slots", required = true, paramLabel = "N", description = "How many.")
  int slots;

  @Option(
      names = "--from",
      split = ",",
      paramLabel = "NODE",
      description = "The masters that give them, joined by commas; or all. (Default: all.)")
  List<String> from = List.of("all");

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description =
          "Where to keep what is left to be done. (Default: reshard-ID.json in this directory;"
              + " removed at the end.)")
  Optional<Path> plan = Optional.empty();

  @Mixin final MoveOptions moving = new MoveOptions();

  @Option(names = "--yes", description = "Do it.")
  boolean yes;

  ReshardCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode perform(ClusterSession session, Narration narration) throws Exception {
    CheckReport report = CheckReport.of(session);
    ClusterSnapshot snapshot = report.snapshot();
    NodeReport target = master(snapshot, to);
    Path file =
        plan.orElseGet(() -> Path.of("reshard-" + target.id().substring(0, SHORT_ID) + ".json"));
    String request = slots + " slots from " + String.join(",", from) + " to " + target.id();
    Optional<UnfinishedReshard> unfinished = UnfinishedReshard.load(file);
    if (unfinished.isPresent() && !unfinished.get().request().equals(request)) {
      throw new UsageException(
          "another reshard was interrupted ("
              + unfinished.get().request()
              + "): finish it by the same command, or remove "
              + file);
    }
    List<SlotMove> moves =
        unfinished.isPresent()
            ? unfinished.get().left(snapshot)
            : Reshard.plan(slots, sources(snapshot), target.id());
    narration.line(
        unfinished.isPresent()
            ? "Going on: " + moves.size() + " of " + slots + " slots are left to be moved."
            : "Ready to move " + slots + " slots.");
    MoveOptions.tell(moves, snapshot, narration);
    ObjectNode result = narration.object();
    ExitCode code = ExitCode.VALID;
    if (yes) {
      Resharding.requireSound(report, moves);
      if (unfinished.isPresent()) {
        moving.resharding(session).close(unfinished.get().arrived(snapshot));
      }
      new UnfinishedReshard(request, moves).save(file);
      code = moving.run(session, moves, narration, result);
      if (code == ExitCode.VALID) {
        Files.delete(file);
      }
    } else {
      narration.line("Nothing was changed: add --yes to move them.");
      result.put("moved", 0).put("left", moves.size());
    }
    narration.result(result);
    return code;
  }

  private List<SlotHolder> sources(ClusterSnapshot snapshot) throws ClusterException {
    if (from.equals(List.of("all"))) {
      return snapshot.masters().stream().map(SlotHolder::of).toList();
    }
    List<SlotHolder> sources = new ArrayList<>();
    for (String reference : from) {
      sources.add(SlotHolder.of(master(snapshot, reference)));
    }
    return sources;
  }

  private static NodeReport master(ClusterSnapshot snapshot, String reference)
      throws ClusterException {
    NodeReport node = snapshot.find(reference);
    if (!node.isMaster()) {
      throw new ClusterException(
          "the node " + node.address() + " is not a master, so it neither gives nor gets slots");
    }
    return node;
  }
}
