package io.shardquake.harness.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.faults.process.ProcessIdentity;
import io.shardquake.faults.process.ProcessState;
import io.shardquake.faults.process.ProcessTable;
import io.shardquake.harness.command.ShortCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which containers and which network a run makes: a small file in its directory, written before
 * they exist and removed after them, so that what a killed harness left can be removed by the next
 * start. Their names are drawn at random, so that nobody else's are ever meant.
 */
final class ContainerLedger {
  static final String FILE_NAME = "containers.json";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ShortCommand ENGINE = new ShortCommand(Duration.ofSeconds(60));

  private final Path file;

  private ContainerLedger(Path file) {
    this.file = file;
  }

  /** Creates the file, as a whole or not at all. */
  static ContainerLedger create(
      Path directory,
      ProcessIdentity harness,
      String engine,
      String network,
      List<String> containers)
      throws IOException {
    ObjectNode tree = JSON.createObjectNode();
    tree.set("harness", JSON.valueToTree(harness));
    tree.put("engine", engine).put("network", network);
    containers.forEach(tree.putArray("containers")::add);
    Path file = directory.resolve(FILE_NAME);
    Path part = directory.resolve(FILE_NAME + ".part");
    Files.writeString(part, tree + "\n");
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    return new ContainerLedger(file);
  }

  /** Nothing that it names exists any more. */
  void remove() throws IOException {
    Files.deleteIfExists(file);
  }

  /**
   * Removes what killed harnesses left.
   *
   * @param runsDirectory where runs are kept
   * @return one line for each run of which something was found, or could not be removed
   */
  static List<String> sweep(Path runsDirectory) {
    List<String> report = new ArrayList<>();
    if (!Files.isDirectory(runsDirectory)) {
      return report;
    }
    try (Stream<Path> runs = Files.list(runsDirectory)) {
      runs.filter(run -> !Files.isSymbolicLink(run))
          .map(run -> run.resolve(FILE_NAME))
          .filter(Files::exists)
          .sorted()
          .forEach(ledger -> sweepRun(ledger, report));
    } catch (IOException e) {
      report.add("left alone: " + runsDirectory + " cannot be listed: " + OneLine.of(e));
    }
    return report;
  }

  private static void sweepRun(Path ledger, List<String> report) {
    try {
      JsonNode tree = JSON.readTree(Files.readString(ledger));
      JsonNode harness = tree.path("harness");
      ProcessIdentity owner =
          new ProcessIdentity(harness.path("pid").asLong(), harness.path("start").asText());
      if (ProcessTable.ofThisMachine().state(owner) != ProcessState.DEAD) {
        return;
      }
      List<String> remove = new ArrayList<>();
      remove.addAll(List.of(tree.path("engine").asText(), "rm", "-f", "-v"));
      tree.path("containers").forEach(name -> remove.add(name.asText()));
      ENGINE.run("", remove);
      removeNetwork(tree.path("engine").asText(), tree.path("network").asText());
      Files.deleteIfExists(ledger);
      report.add("removed the containers that were left over from " + ledger.getParent());
    } catch (IOException | IllegalArgumentException e) {
      report.add(
          "could not remove the containers of " + ledger.getParent() + ": " + e.getMessage());
    }
  }

  private static void removeNetwork(String engine, String network) throws IOException {
    String known = ENGINE.run("", List.of(engine, "network", "ls", "--format", "{{.Name}}"));
    if (known.lines().anyMatch(network::equals)) {
      ENGINE.run("", List.of(engine, "network", "rm", network));
    }
  }
}
