package io.shardquake.harness.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  private static final Instant START = Instant.parse("2026-11-22T10:15:30.5Z");

  @TempDir Path root;

  @Test
  void isNamedByItsStartAndItsExperiment() throws StoreException {
    RunDirectory directory = RunDirectory.create(root.resolve("runs"), "redis register", START);

    assertThat(directory.path()).isEqualTo(root.resolve("runs/20261122T101530Z-redis-register"));
    assertThat(directory.logs()).isDirectory();
  }

  @Test
  void givesRunsOfTheSameSecondNamesOfTheirOwn() throws StoreException {
    RunDirectory.create(root, "a", START);

    assertThat(RunDirectory.create(root, "a", START).path().getFileName())
        .hasToString("20261122T101530Z-a-2");
    assertThat(RunDirectory.create(root, "a", START).path().getFileName())
        .hasToString("20261122T101530Z-a-3");
  }

  @Test
  void latestPointsToTheNewestRun() throws StoreException, IOException {
    RunDirectory.create(root, "a", START).markLatest();
    RunDirectory newest = RunDirectory.create(root, "b", START);

    assertThat(newest.markLatest()).isTrue();
    assertThat(root.resolve("latest").toRealPath()).isEqualTo(newest.path().toRealPath());
  }

  @Test
  void saysWhyItCannotBeMade() throws IOException {
    Path file = Files.createFile(root.resolve("file"));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> RunDirectory.create(file, "a", START))
        .withMessageStartingWith("cannot write " + file + "/20261122T101530Z-a: ")
        .withMessageContaining("--dir")
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }

  @Test
  void aDirectoryWithoutAHistoryIsNoRun() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> RunDirectory.open(root))
        .withMessage(root + " is not a run directory: it has no history.jsonl");
  }

  @Test
  void replacesAFileAsAWhole() throws Exception {
    Path file = root.resolve("experiment.json");
    RunDirectory.writeWhole(file, "old");
    RunDirectory.writeWhole(file, "new");

    assertThat(file).hasContent("new");
    try (var files = Files.list(root)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void removesTheNodesDataAndNothingElse() throws Exception {
    RunDirectory directory = RunDirectory.create(root, "a", START);
    Files.createDirectories(directory.nodeData().resolve("n1/appendonlydir"));
    Files.writeString(directory.nodeData().resolve("n1/appendonlydir/file"), "x");
    Files.writeString(directory.history(), "");

    directory.deleteNodeData();

    assertThat(directory.nodeData()).doesNotExist();
    assertThat(directory.history()).exists();
    assertThat(directory.logs()).exists();
  }
}
