package io.shardquake.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.shardquake.harness.target.Redis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on real servers, by the executable jar. */
@Tag("redis")
class RunIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path directory;

  @BeforeEach
  void needsRedis() {
    Redis.assumeInstalled();
  }

  private Program run(String... options) throws IOException {
    List<String> arguments =
        Stream.concat(
                Stream.of("run", "--target", "redis", "--node-timeout", "1s", "--rate", "500"),
                Stream.of(options))
            .toList();
    return Program.jar(directory, arguments.toArray(String[]::new));
  }

  private Path latest() {
    return directory.resolve("runs/latest");
  }

  private void awaitTraffic() {
    await("traffic is recorded")
        .atMost(PATIENCE)
        .until(
            () ->
                Files.exists(latest().resolve("history.jsonl"))
                    && Files.size(latest().resolve("history.jsonl")) > 100_000);
  }

  /** Processes whose working directory lies in the run's. */
  private List<ProcessHandle> servers() throws IOException {
    Path nodes = latest().toRealPath().resolve("nodes");
    return ProcessHandle.allProcesses().filter(process -> worksBelow(process, nodes)).toList();
  }

  private static boolean worksBelow(ProcessHandle process, Path nodes) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", String.valueOf(process.pid()), "cwd"))
          .startsWith(nodes);
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aCorrectClusterKeepsTheContractUnderKills() throws Exception {
    try (Program program = run("--time", "10s", "--seed", "7", "--faults", "kill")) {
      assertThat(program.exitCode()).as(program.err() + program.out()).isZero();
      assertThat(program.out()).startsWith("VALID");
      assertThat(program.err()).contains("traffic", "healing", "final reads", "judging");
    }
    for (String file :
        List.of(
            "experiment.json",
            "history.jsonl",
            "faults.jsonl",
            "topology.jsonl",
            "logs/harness.log",
            "logs/n1.log",
            "logs/n6.log",
            "verdict.json",
            "report.html")) {
      assertThat(latest().resolve(file)).as(file).isRegularFile();
    }
    assertThat(latest().resolve("faults.jsonl"))
        .content()
        .contains("\"bit\"", "\"kill\"", "\"recovery\"");
    assertThat(latest().resolve("nodes")).as("data of a run that is VALID").doesNotExist();
    assertThat(latest().resolve("experiment.json")).content().contains("7.0.15", "--seed 7");

    try (Program check = Program.jar(directory, "check", "runs/latest", "--json")) {
      assertThat(check.exitCode()).as(check.err()).isZero();
      assertThat(check.out()).startsWith("{").contains("\"VALID\"");
    }
    Files.delete(latest().resolve("report.html"));
    try (Program report = Program.jar(directory, "report", "runs/latest")) {
      assertThat(report.exitCode()).as(report.err()).isZero();
      assertThat(latest().resolve("report.html")).exists();
    }
  }

  @Test
  void aCorrectClusterKeepsTheContractUnderPartitions() throws Exception {
    try (Program program = run("--time", "14s", "--seed", "3", "--faults", "partition,delay")) {
      assertThat(program.exitCode()).as(program.err() + program.out()).isZero();
    }
    assertThat(latest().resolve("faults.jsonl")).content().contains("\"bit\"", "were held back");
    assertThat(latest().resolve("experiment.json")).content().contains("\"proxied\"");
  }

  @Test
  void checkRepeatsTheVerdictWhicheverItWas() throws Exception {
    try (Program program =
        run(
            "--time",
            "8s",
            "--contract",
            "linearizable",
            "--faults",
            "kill",
            "--intensity",
            "brutal")) {
      int verdict = program.exitCode();
      assertThat(verdict).as(program.err()).isBetween(0, 2);
      try (Program check = Program.jar(directory, "check", "runs/latest")) {
        assertThat(check.exitCode()).as(check.err()).isEqualTo(verdict);
        assertThat(check.out()).isEqualTo(program.out());
      }
    }
  }

  @Test
  void aSignalHealsStopsAndStillJudges() throws Exception {
    try (Program program = run("--time", "10m", "--faults", "pause")) {
      awaitTraffic();
      List<ProcessHandle> servers = servers();
      assertThat(servers).hasSize(6);
      program.signal("TERM");
      assertThat(program.exitCode()).as(program.err()).isBetween(0, 2);
      assertThat(program.out()).contains("runs/");
      assertThat(servers).noneMatch(ProcessHandle::isAlive);
    }
    assertThat(latest().resolve("verdict.json")).exists();
    assertThat(latest().resolve("faults.jsonl")).content().contains("\"recovery\"");
  }

  @Test
  void ctrlCHealsStopsAndStillJudges() throws Exception {
    try (Program program = run("--time", "10m", "--faults", "none")) {
      awaitTraffic();
      assumeTrue(
          program.heeds(2), "SKIPPED: SIGINT is ignored here, as in a shell's background jobs");
      program.signal("INT");
      assertThat(program.exitCode()).as(program.err()).isZero();
      assertThat(program.err()).contains("stopping");
    }
  }

  @Test
  void whatAKilledHarnessLeftIsJudgedAndItsServersAreEndedByTheNext() throws Exception {
    List<ProcessHandle> orphans;
    Path killed;
    try (Program program = run("--time", "10m", "--faults", "none")) {
      awaitTraffic();
      orphans = servers();
      killed = latest().toRealPath();
      program.signal("KILL");
      assertThat(program.exitCode()).isEqualTo(137);
    }
    assertThat(orphans).hasSize(6).allMatch(ProcessHandle::isAlive);
    try (Program check = Program.jar(directory, "check", killed.toString())) {
      assertThat(check.exitCode()).as(check.err()).isEqualTo(2);
      assertThat(check.out()).contains("UNKNOWN", "cut off");
    }
    try (Program next = run("--time", "1s", "--faults", "none")) {
      assertThat(next.exitCode()).as(next.err()).isZero();
      assertThat(next.err()).contains("left over from");
    }
    assertThat(orphans).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  @Tag("root")
  void aFullDiskCostsOneLineAndNothingThatWasRecorded() throws Exception {
    Path small = Files.createDirectory(directory.resolve("runs"));
    assumeTrue(
        mount("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", small.toString()),
        "SKIPPED: no file system can be mounted here; needs root");
    try (Program program = run("--time", "10m", "--faults", "none")) {
      assertThat(program.exitCode()).as(program.err()).isEqualTo(70);
      assertThat(program.err()).contains("cannot write", "No space left on device");
      assertThat(program.err()).doesNotContain("Exception", "\tat ");
      assertThat(servers()).isEmpty();
      assertThat(latest().resolve("history.jsonl")).content().endsWith("}\n");
      try (Program check = Program.jar(directory, "check", "runs/latest")) {
        assertThat(check.exitCode()).as(check.err()).isEqualTo(2);
      }
    } finally {
      mount("umount", small.toString());
    }
  }

  private static boolean mount(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  @Test
  void aServerThatEndsAtOnceIsQuoted() throws Exception {
    try (Program program = run("--time", "1s", "--server", "/bin/false")) {
      assertThat(program.exitCode()).isEqualTo(70);
      assertThat(program.err()).contains("/bin/false").doesNotContain("\tat ");
    }
  }
}
