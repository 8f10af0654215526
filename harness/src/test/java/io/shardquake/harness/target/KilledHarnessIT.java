package io.shardquake.harness.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.faults.process.ProcessIdentity;
import io.shardquake.faults.process.ProcessSignals;
import io.shardquake.faults.process.ProcessState;
import io.shardquake.faults.process.ProcessTable;
import io.shardquake.faults.process.Signal;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the servers when the JVM that started them ends. */
@Tag("redis")
@Timeout(60)
final class KilledHarnessIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path runs;
  private final ProcessTable table = ProcessTable.ofThisMachine();

  @BeforeEach
  void needsRedis() {
    Redis.assumeInstalled();
  }

  @Test
  void theNextStartEndsWhatAHarnessLeftThatWasKilled() throws Exception {
    Path run = Files.createDirectory(runs.resolve("killed"));
    Process harness = StarterProcess.launch(run);
    List<ProcessIdentity> servers = serversOf(harness);
    assertThat(servers).hasSize(6);

    assertThat(OrphanCleanup.sweep(runs)).as("a sweep while the harness lives").isEmpty();
    assertThat(servers).allMatch(server -> table.state(server) == ProcessState.RUNNING);

    new ProcessSignals(table).send(servers.get(2), Signal.STOP);
    harness.destroyForcibly().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(servers)
        .as("servers outlive the harness")
        .noneMatch(server -> table.state(server) == ProcessState.DEAD);

    assertThat(OrphanCleanup.sweep(runs))
        .hasSize(6)
        .allMatch(line -> line.startsWith("ended n") && line.contains(run.toString()));
    assertThat(servers).allMatch(server -> table.state(server) == ProcessState.DEAD);
    assertThat(run.resolve(ProcessLedger.FILE_NAME)).doesNotExist();
    assertThat(run.resolve("logs")).as("what it recorded stays").isNotEmptyDirectory();
  }

  @Test
  void aHarnessThatIsToldToEndEndsItsServers() throws Exception {
    Path run = Files.createDirectory(runs.resolve("terminated"));
    Process harness = StarterProcess.launch(run);
    List<ProcessIdentity> servers = serversOf(harness);
    new ProcessSignals(table).send(servers.get(0), Signal.STOP);

    harness.destroy();

    assertThat(harness.onExit()).succeedsWithin(PATIENCE);
    assertThat(servers).allMatch(server -> table.state(server) == ProcessState.DEAD);
    assertThat(OrphanCleanup.sweep(runs)).isEmpty();
  }

  @Test
  @Timeout(240)
  void nothingIsLeftOfARunThatIsKilledAmidstFaults() throws Exception {
    KilledRuns killed = new KilledRuns(runs.toRealPath(), System.nanoTime());

    String story = killed.round("proxy", true);

    assertThat(killed.left()).as(story).isEmpty();
  }

  private List<ProcessIdentity> serversOf(Process harness) throws Exception {
    BufferedReader output = harness.inputReader();
    assertThat(output.readLine()).as("the harness has started").isEqualTo(StarterProcess.READY);
    List<ProcessIdentity> servers = new ArrayList<>();
    for (int node = 0; node < 6; node++) {
      servers.add(table.find(Long.parseLong(output.readLine())).orElseThrow());
    }
    return servers;
  }
}
