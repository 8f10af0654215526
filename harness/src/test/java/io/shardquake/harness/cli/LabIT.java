package io.shardquake.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.faults.plan.FaultPlanJson;
import io.shardquake.harness.target.Redis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session in the lab by a script on standard input. */
@Tag("redis")
class LabIT {
  private static final String SCRIPT =
      """
      # a master dies and comes back
      status
      kill n1
      wait 1s
      heal
      await 60s
      explode n1
      kill n99
      status
      quit
      """;

  @TempDir Path directory;

  @Test
  void whatWasOrderedHappensAndIsKeptAsAPlan() throws Exception {
    Redis.assumeInstalled();
    try (Program lab =
        Program.jarReading(
            directory, SCRIPT, "lab", "--target", "redis", "--rate", "100", "--seed", "1")) {
      assertThat(lab.exitCode()).as(lab.out() + lab.err()).isIn(0, 1, 2);
      assertThat(lab.out())
          .contains("> kill n1", "kill bit: n1: process ", "kill healed: n1: ")
          .contains("the cluster is whole")
          .contains("*** no order is called 'explode'", "*** there is no node 99 among 6")
          .contains("traffic  ", "errors   ", "Contract    redis-cluster, seed 1")
          .containsPattern("n[1-6] +running +master +ok +[0-9]+ +546[12] ");
    }
    Path file = directory.resolve("runs/latest/plan.json");
    FaultPlan plan = FaultPlanJson.read(Files.readString(file), "plan.json");
    assertThat(plan.faults()).hasSize(1);
    Fault kill = plan.faults().get(0);
    assertThat(kill.kind() + " " + kill.on()).isEqualTo("kill node 1");
    assertThat(kill.duration()).isBetween(Duration.ofMillis(500), Duration.ofMinutes(5));
    assertThat(directory.resolve("runs/latest/experiment.json"))
        .content()
        .contains("\"on\" : \"node 1\"");
  }
}
