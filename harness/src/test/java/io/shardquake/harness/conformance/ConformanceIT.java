package io.shardquake.harness.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.harness.conformance.bench.Stand;
import io.shardquake.harness.conformance.suite.Suite;
import io.shardquake.harness.target.ClusterOptions;
import io.shardquake.harness.target.Redis;
import io.shardquake.harness.target.RedisTarget;
import io.shardquake.harness.target.ReferenceTarget;
import io.shardquake.harness.target.Target;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The suite against servers that keep their promises: a promise that is found broken is a fault of
 * the test, or of the reference node.
 */
@Tag("redis")
final class ConformanceIT {
  @TempDir Path directory;

  @BeforeEach
  void requireServer() {
    Redis.assumeInstalled();
  }

  private List<PromiseResult> run(Target target, String... ids) {
    try (Stand stand =
        new Stand(
            target, ClusterOptions.DEFAULT, directory, Profile.named("redis-7"), result -> {})) {
      return new ConformanceRun(Suite.CLASSES).run(List.of(ids), stand);
    }
  }

  private static void assertNothingBroken(List<PromiseResult> results) {
    assertThat(results)
        .allSatisfy(
            result ->
                assertThat(result.outcome())
                    .as(
                        "%s: %s%n%s",
                        result.promise().id(),
                        result.detail(),
                        String.join(System.lineSeparator(), result.evidence()))
                    .isNotIn(Outcome.BROKEN, Outcome.INCONCLUSIVE));
  }

  @Test
  void realRedisKeepsWhatNeedsNoFault() {
    List<PromiseResult> results = run(RedisTarget.onThisMachine(), "A", "B0", "C", "D01", "N");

    assertNothingBroken(results);
    assertThat(results).extracting(result -> result.promise().id()).contains("A01", "N04");
    assertThat(results)
        .filteredOn(result -> result.outcome() == Outcome.KEPT)
        .hasSizeGreaterThan(20)
        .allSatisfy(result -> assertThat(result.evidence()).isNotEmpty());
  }

  @Test
  @Tag("slow")
  void realRedisKeepsAll() {
    assertNothingBroken(run(RedisTarget.onThisMachine()));
  }

  @Test
  @Tag("slow")
  void theReferenceNodeKeepsAll() {
    assertNothingBroken(run(ReferenceTarget.onThisMachine()));
  }
}
