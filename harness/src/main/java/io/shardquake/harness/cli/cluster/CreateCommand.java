package io.shardquake.harness.cli.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.harness.cli.Console;
import io.shardquake.harness.cli.ExitCode;
import io.shardquake.harness.cli.UsageException;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.ClusterFormation;
import io.shardquake.harness.cluster.FormationPlan;
import io.shardquake.harness.cluster.NodeAddress;
import io.shardquake.harness.cluster.ReplicaPlacement;
import io.shardquake.harness.cluster.check.CheckReport;
import io.shardquake.harness.cluster.state.ClusterSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shardquake cluster create}. */
@Command(
    name = "create",
    description = {
      "Makes a cluster of empty nodes. Masters and their replicas are put on different hosts where"
          + " there are enough. Without --yes it only shows what it would do."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CreateCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Console console;

  @Mixin final AccessOptions access = new AccessOptions();

  @Parameters(arity = "1..*", paramLabel = "HOST:PORT", description = "The nodes.")
  List<String> nodes = List.of();

  @Option(
      names = "--replicas",
      paramLabel = "N",
      description =
          "At least so many replicas for each master; as many masters as that allows. (Default: 0.)")
  Optional<Integer> replicas = Optional.empty();

  @Option(
      names = "--masters",
      paramLabel = "N",
      description = "So many masters; all other nodes become replicas.")
  Optional<Integer> masters = Optional.empty();

  @Option(names = "--yes", description = "Do it.")
  boolean yes;

  CreateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    FormationPlan plan = plan();
    Narration narration = new Narration(console, access.json);
    tell(plan, narration);
    ObjectNode result = narration.object();
    json(plan, result);
    try (ClusterConnections connections = access.open()) {
      ClusterFormation formation = new ClusterFormation(connections, LIMIT);
      result.put("created", yes);
      if (!yes) {
        formation.inspect(plan);
        narration.line("Nothing was changed: add --yes to create this cluster.");
        narration.result(result);
        return ExitCode.VALID.number();
      }
      narration.line(">>> Sending CLUSTER MEET messages to join the cluster");
      narration.line("Waiting for the cluster to join");
      formation.form(plan);
      NodeAddress first = plan.nodes().get(0);
      try (ClusterSession session = new ClusterSession(connections, first)) {
        CheckReport report = CheckReport.of(session);
        narration.line(">>> Performing Cluster Check (using node " + first + ")");
        narration.lines(CheckText.of(report));
        CheckText.json(report, result);
        narration.result(result);
        return (report.isClean() ? ExitCode.VALID : ExitCode.INVALID).number();
      }
    }
  }

  private FormationPlan plan() throws UsageException {
    List<NodeAddress> addresses = new ArrayList<>();
    for (String node : nodes) {
      addresses.add(AccessOptions.address(node));
    }
    if (new HashSet<>(addresses).size() < addresses.size()) {
      throw new UsageException("a node is named twice");
    }
    if (masters.isPresent() && replicas.isPresent()) {
      throw new UsageException("--masters and --replicas exclude each other: one follows");
    }
    if (replicas.orElse(0) < 0) {
      throw new UsageException("the number of replicas cannot be " + replicas.get());
    }
    try {
      return masters.isPresent()
          ? ReplicaPlacement.ofMasters(addresses, masters.get())
          : ReplicaPlacement.plan(addresses, replicas.orElse(0));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static void tell(FormationPlan plan, Narration narration) {
    narration.line(">>> Performing hash slots allocation on " + plan.nodes().size() + " nodes...");
    int number = 0;
    for (FormationPlan.Shard shard : plan.shards()) {
      narration.line(
          "Master[%d] %s -> Slots %d - %d"
              .formatted(number++, shard.master(), shard.slots().first(), shard.slots().last()));
    }
    boolean shared = false;
    for (FormationPlan.Shard shard : plan.shards()) {
      for (NodeAddress replica : shard.replicas()) {
        narration.line("Adding replica " + replica + " to " + shard.master());
        shared |= replica.host().equals(shard.master().host());
      }
    }
    if (shared) {
      narration.line("[WARNING] Some replicas are on the same host as their master");
    }
  }

  private static void json(FormationPlan plan, ObjectNode result) {
    ArrayNode shards = result.putArray("plan");
    for (FormationPlan.Shard shard : plan.shards()) {
      ObjectNode object = shards.addObject();
      object.put("master", shard.master().toString());
      object.putArray("slots").add(shard.slots().first()).add(shard.slots().last());
      ArrayNode replicas = object.putArray("replicas");
      shard.replicas().forEach(replica -> replicas.add(replica.toString()));
    }
  }
}
