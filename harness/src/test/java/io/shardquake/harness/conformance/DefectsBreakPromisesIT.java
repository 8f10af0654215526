package io.shardquake.harness.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.harness.conformance.bench.Stand;
import io.shardquake.harness.conformance.suite.Suite;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.harness.target.ReferenceTarget;
import io.shardquake.node.core.defect.Defect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever has a defect is caught at the promise that the defect breaks. */
final class DefectsBreakPromisesIT {
  private static final Path TABLE = Path.of("target", "defects-and-promises.md");

  @TempDir Path directory;

  private List<PromiseResult> run(Set<Defect> defects, List<String> promises) {
    try (Stand stand =
        new Stand(
            ReferenceTarget.onThisMachine(),
            ClusterOptions.DEFAULT.withDefects(defects),
            directory,
            Profile.named("redis-7"),
            result -> {})) {
      return new ConformanceRun(Suite.CLASSES).run(promises, stand);
    }
  }

  @Test
  void defectsThatShowAtOnceAreCaught() {
    Set<Defect> defects =
        EnumSet.of(
            Defect.KEEP_ASKING, Defect.READ_AFTER_DEMOTION, Defect.DELIVER_SHARD_MESSAGE_TWICE);

    assertThat(run(defects, defects.stream().map(Defect::promise).toList()))
        .hasSize(defects.size())
        .allSatisfy(
            result ->
                assertThat(result.outcome())
                    .as("%s: %s", result.promise().id(), result.detail())
                    .isEqualTo(Outcome.BROKEN));
  }

  /**
   * All but those whose promise is about what a test of promises leaves to chance (who of two
   * replicas asks first), or mends by itself (what peers tell who restarts), or does not bring
   * about (a link that breaks under load): simulated runs find these. Leaves a table of what each
   * breaks.
   */
  @ParameterizedTest
  @EnumSource(
      value = Defect.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "IGNORE_REPLICA_RANK",
        "FORGET_CURRENT_EPOCH",
        "RESYNC_SKIPS_MISSED",
        "RESYNC_REPEATS_COMMAND"
      })
  @Tag("slow")
  void everyDefectBreaksItsPromise(Defect defect) throws IOException {
    PromiseResult result =
        run(Set.of(defect), List.of(defect.promise())).stream()
            .filter(each -> each.promise().id().equals(defect.promise()))
            .findFirst()
            .orElseThrow();
    String line =
        "| `%s` | %s | %s | %s |%n"
            .formatted(defect.title(), defect.promise(), result.outcome(), result.detail());
    Files.writeString(TABLE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);

    assertThat(result.outcome()).as(result.detail()).isEqualTo(Outcome.BROKEN);
  }
}
