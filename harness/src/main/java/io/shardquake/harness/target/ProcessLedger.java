package io.shardquake.harness.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shardquake.faults.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which processes a run has started: a small file in its directory, one JSON object a line, that
 * outlives a harness which is killed and lets the next one end what was left. It exists as long as
 * something may be running. Thread-safe.
 */
final class ProcessLedger {
  static final String FILE_NAME = "processes.jsonl";

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private boolean sealed;

  private ProcessLedger(Path file) {
    this.file = file;
  }

  /** What a ledger says: whose it is and what was started, each start once. */
  record Contents(ProcessIdentity harness, List<LedgerEntry> starts) {}

  /**
   * Creates the file, with its first line or not at all.
   *
   * @param harness this process
   * @throws IOException if it cannot be written, or if there is one already
   */
  static ProcessLedger create(Path directory, ProcessIdentity harness) throws IOException {
    Path file = directory.resolve(FILE_NAME);
    if (Files.exists(file)) {
      throw new IOException(file + " exists: another cluster was started in this directory");
    }
    ObjectNode line = JSON.createObjectNode();
    line.set("harness", JSON.valueToTree(harness));
    Path part = directory.resolve(FILE_NAME + ".part");
    Files.writeString(part, line + "\n");
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    return new ProcessLedger(file);
  }

  /**
   * Adds a line.
   *
   * @throws IOException if it cannot be written, or nothing may be started any more
   */
  synchronized void append(LedgerEntry entry) throws IOException {
    if (sealed) {
      throw new IOException(entry.node() + " is not started: its cluster was closed");
    }
    ObjectNode line = JSON.createObjectNode();
    line.put("node", entry.node());
    line.put("directory", entry.directory());
    line.put("executable", entry.executable());
    line.put("atMillis", entry.atMillis());
    entry.process().ifPresent(process -> line.set("process", JSON.valueToTree(process)));
    Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
  }

  /** From now on nothing may be started. */
  synchronized void seal() {
    sealed = true;
  }

  /** Removes the file: nothing that it names runs any more. */
  synchronized void remove() throws IOException {
    Files.deleteIfExists(file);
  }

  /**
   * Reads a ledger. A last line that was cut off is left out.
   *
   * @throws IOException if it cannot be read or is no ledger
   */
  static Contents read(Path file) throws IOException {
    String text = Files.readString(file);
    List<String> lines = new ArrayList<>(text.lines().toList());
    if (!text.endsWith("\n") && !lines.isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    if (lines.isEmpty()) {
      throw new IOException("it has no first line");
    }
    List<LedgerEntry> starts = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      LedgerEntry entry = entry(JSON.readTree(line));
      starts.removeIf(entry::isSameStart);
      starts.add(entry);
    }
    return new Contents(process(JSON.readTree(lines.get(0)).path("harness")), starts);
  }

  private static LedgerEntry entry(JsonNode line) throws IOException {
    return new LedgerEntry(
        line.path("node").asText(),
        line.path("directory").asText(),
        line.path("executable").asText(),
        line.path("atMillis").asLong(),
        line.has("process") ? Optional.of(process(line.path("process"))) : Optional.empty());
  }

  private static ProcessIdentity process(JsonNode node) throws IOException {
    try {
      return new ProcessIdentity(node.path("pid").asLong(), node.path("start").asText());
    } catch (IllegalArgumentException e) {
      throw new IOException("it names no process: " + node, e);
    }
  }
}
