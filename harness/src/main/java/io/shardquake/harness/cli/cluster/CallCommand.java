package io.shardquake.harness.cli.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.checkers.history.Value;
import io.shardquake.harness.cli.Console;
import io.shardquake.harness.cli.ExitCode;
import io.shardquake.harness.cli.UsageException;
import io.shardquake.harness.cluster.Failures;
import io.shardquake.harness.cluster.NodeReport;
import io.shardquake.harness.cluster.state.AbsentNode;
import io.shardquake.harness.cluster.state.ClusterSession;
import io.shardquake.harness.cluster.state.ClusterSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shardquake cluster call}. */
@Command(
    name = "call",
    description = "Sends a command to every node and shows what each answers.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CallCommand extends ClusterVerb {
  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The command and its arguments (after -- if one begins with a dash).")
  List<String> words = List.of();

  @Option(names = "--only-masters", description = "To masters only.")
  boolean onlyMasters;

  @Option(names = "--only-replicas", description = "To replicas only.")
  boolean onlyReplicas;

  CallCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode perform(ClusterSession session, Narration narration) throws Exception {
    if (onlyMasters && onlyReplicas) {
      throw new UsageException("--only-masters and --only-replicas exclude each other");
    }
    ClusterSnapshot snapshot = session.snapshot();
    narration.line(">>> Calling " + String.join(" ", words));
    Map<NodeReport, CompletableFuture<String>> answers = new LinkedHashMap<>();
    for (NodeReport node : snapshot.reports()) {
      if ((onlyMasters && !node.isMaster()) || (onlyReplicas && node.isMaster())) {
        continue;
      }
      answers.put(
          node,
          session
              .node(node.id())
              .reply(words.get(0), words.subList(1, words.size()))
              .thenApply(CallCommand::text)
              .exceptionally(failure -> "(error) " + Failures.reason(failure)));
    }
    ObjectNode result = narration.object();
    answers.forEach(
        (node, answer) -> {
          narration.line(node.address() + ": " + answer.join());
          result.put(node.address().toString(), answer.join());
        });
    for (AbsentNode node : snapshot.absent()) {
      narration.line("[WARNING] " + node + " cannot be reached: " + node.reason());
    }
    narration.result(result);
    return ExitCode.VALID;
  }

  private static String text(Value reply) {
    return reply instanceof Value.Text text ? text.value().strip() : reply.toString();
  }
}
