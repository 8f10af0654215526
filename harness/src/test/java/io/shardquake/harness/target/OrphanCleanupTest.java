package io.shardquake.harness.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shardquake.faults.process.ProcessIdentity;
import io.shardquake.faults.process.ProcessSignals;
import io.shardquake.faults.process.ProcessState;
import io.shardquake.faults.process.ProcessTable;
import io.shardquake.faults.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code sleep} in place of servers. */
final class OrphanCleanupTest {
  private static final Path SLEEP = Path.of("/bin/sleep");

  @TempDir Path runs;
  private final ProcessTable table = ProcessTable.ofThisMachine();
  private final List<Process> started = new ArrayList<>();
  private Path run;

  @BeforeEach
  void makeRun() throws IOException {
    run = Files.createDirectories(runs.resolve("2026-01-01-run"));
  }

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void endsWhatADeadHarnessLeftAndForgetsTheRun() throws Exception {
    ProcessLedger ledger = ProcessLedger.create(run, dead());
    Process orphan = sleep(run);
    ledger.append(entry("n1").withProcess(identity(orphan)));

    assertThat(OrphanCleanup.sweep(runs))
        .containsExactly("ended n1 (process " + orphan.pid() + "), left over from " + run);
    assertThat(orphan.onExit()).succeedsWithin(Duration.ofSeconds(10));
    assertThat(run).isEmptyDirectory();
    assertThat(OrphanCleanup.sweep(runs)).as("a second sweep").isEmpty();
  }

  @Test
  void endsAStoppedProcess() throws Exception {
    ProcessLedger ledger = ProcessLedger.create(run, dead());
    Process orphan = sleep(run);
    ProcessIdentity identity = identity(orphan);
    assertThat(new ProcessSignals(table).send(identity, Signal.STOP)).isTrue();
    await().until(() -> table.state(identity) == ProcessState.STOPPED);
    ledger.append(entry("n1").withProcess(identity));

    assertThat(OrphanCleanup.sweep(runs)).hasSize(1);
    assertThat(table.state(identity)).isEqualTo(ProcessState.DEAD);
  }

  @Test
  void leavesTheRunOfALivingHarnessAlone() throws Exception {
    ProcessLedger ledger =
        ProcessLedger.create(run, table.find(ProcessHandle.current().pid()).orElseThrow());
    Process server = sleep(run);
    ledger.append(entry("n1").withProcess(identity(server)));

    assertThat(OrphanCleanup.sweep(runs)).isEmpty();
    assertThat(server.isAlive()).isTrue();
    assertThat(run.resolve(ProcessLedger.FILE_NAME)).exists();
  }

  @Test
  void leavesAProcessAloneThatGotTheNumberOfAnOldOne() throws Exception {
    ProcessLedger ledger = ProcessLedger.create(run, dead());
    Process stranger = sleep(run);
    ledger.append(entry("n1").withProcess(new ProcessIdentity(stranger.pid(), "another start")));

    assertThat(OrphanCleanup.sweep(runs)).isEmpty();
    assertThat(stranger.isAlive()).isTrue();
    assertThat(run).as("the record is of no more use").isEmptyDirectory();
  }

  @Test
  void findsAProcessWhoseNumberCouldNotBeWrittenDown() throws Exception {
    ProcessLedger ledger = ProcessLedger.create(run, dead());
    ledger.append(entry("n1"));
    Process orphan = sleep(run);
    Process elsewhere = sleep(runs);

    assertThat(OrphanCleanup.sweep(runs)).singleElement().asString().startsWith("ended n1 ");
    assertThat(orphan.onExit()).succeedsWithin(Duration.ofSeconds(10));
    assertThat(elsewhere.isAlive()).as("the same program in another directory").isTrue();
  }

  @Test
  void toleratesALineThatWasCutOff() throws Exception {
    ProcessLedger ledger = ProcessLedger.create(run, dead());
    Process orphan = sleep(run);
    ledger.append(entry("n1").withProcess(identity(orphan)));
    Files.writeString(
        run.resolve(ProcessLedger.FILE_NAME), "{\"node\":\"n2\",\"dir", StandardOpenOption.APPEND);

    assertThat(OrphanCleanup.sweep(runs)).singleElement().asString().startsWith("ended n1 ");
  }

  @Test
  void leavesAFileAloneThatItCannotRead() throws Exception {
    Path file = Files.writeString(run.resolve(ProcessLedger.FILE_NAME), "something else\n");

    assertThat(OrphanCleanup.sweep(runs))
        .singleElement()
        .asString()
        .startsWith("left alone: " + file + " cannot be read: ")
        .doesNotContain("\n");
    assertThat(file).exists();
  }

  @Test
  void hasNothingToDoWhereThereAreNoRuns() throws Exception {
    assertThat(OrphanCleanup.sweep(runs.resolve("absent"))).isEmpty();
  }

  private ProcessIdentity dead() throws Exception {
    Process process = sleep(runs);
    ProcessIdentity identity = identity(process);
    process.destroyForcibly().waitFor();
    return identity;
  }

  private Process sleep(Path directory) throws IOException {
    Process process =
        new ProcessBuilder(SLEEP.toString(), "600").directory(directory.toFile()).start();
    started.add(process);
    return process;
  }

  private ProcessIdentity identity(Process process) {
    return table.find(process.pid()).orElseThrow();
  }

  private LedgerEntry entry(String node) {
    return new LedgerEntry(
        node, run.toString(), SLEEP.toString(), System.currentTimeMillis(), Optional.empty());
  }
}
