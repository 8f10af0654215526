package io.shardquake.harness.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.FaultPlan;
import io.shardquake.faults.plan.Selector;
import io.shardquake.harness.store.StoreException;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.workloads.WorkloadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentJsonTest {
  private static final Experiment EXPERIMENT =
      new Experiment(
          "redis-register",
          "redis",
          ClusterOptions.DEFAULT
              .withServer(Path.of("/usr/bin/redis-server"))
              .withDefects(Set.of(Defect.VOTE_TWICE, Defect.KEEP_ASKING))
              .withDirectives(List.of("maxmemory 1gb")),
          "register=4,cas-register",
          WorkloadOptions.DEFAULT.withActiveKeys(7),
          new Traffic(30, OptionalDouble.of(1000), Duration.ofMillis(1500)),
          new FaultPlan(
              List.of(
                  Fault.of(
                      "kill",
                      Selector.parse("master-of(slot 42)"),
                      Duration.ofSeconds(5),
                      Duration.ofMillis(2500)))),
          Contract.LINEARIZABLE,
          Long.MIN_VALUE,
          Duration.ofSeconds(30),
          Duration.ofMinutes(1));

  private static final ExperimentRecord RECORD =
      new ExperimentRecord(
          EXPERIMENT,
          new Provenance(
              Instant.parse("2026-11-22T10:15:30Z"),
              "./shardquake run --target redis",
              "redis 7.0.15",
              Map.of("java", "17")));

  @TempDir Path directory;

  @Test
  void comesBackAsItWasWritten() throws StoreException {
    Path file = directory.resolve("experiment.json");
    ExperimentJson.write(RECORD, file);

    assertThat(ExperimentJson.read(file)).isEqualTo(RECORD);
  }

  @Test
  void whatIsOptionalMayBeAbsent() throws StoreException {
    Experiment plain =
        new Experiment(
            "redis-register",
            "redis",
            ClusterOptions.DEFAULT,
            "register",
            WorkloadOptions.DEFAULT,
            new Traffic(1, OptionalDouble.empty(), Duration.ofSeconds(1)),
            FaultPlan.EMPTY,
            Contract.REDIS_CLUSTER,
            1,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));
    Path file = directory.resolve("experiment.json");
    ExperimentJson.write(new ExperimentRecord(plain, RECORD.provenance()), file);

    assertThat(ExperimentJson.read(file).experiment()).isEqualTo(plain);
  }

  @Test
  void namesTheFieldThatIsMissing() {
    assertRefused("{\"format\": \"shardquake-experiment/1\"}", "it has no 'name'");
  }

  @Test
  void namesTheFieldThatIsOfTheWrongKind() {
    assertRefused("{\"format\": 1}", "its 'format' is not a text: 1");
  }

  @Test
  void refusesAnotherFormat() {
    assertRefused("{\"format\": \"x/2\"}", "its format is 'x/2'");
  }

  @Test
  void refusesWhatIsNotJson() {
    assertRefused("{\"format\"", "is not JSON");
  }

  private void assertRefused(String text, String reason) {
    Path file = directory.resolve("experiment.json");
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> ExperimentJson.read(file))
        .withMessageStartingWith(file.toString())
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }
}
