package io.shardquake.harness.cluster.fix;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.harness.cli.Answer;
import io.shardquake.harness.cluster.fix.ReshardAccident.Case;
import io.shardquake.harness.cluster.fix.ReshardAccident.Killed;
import io.shardquake.harness.cluster.fix.ReshardAccident.Toll;
import io.shardquake.harness.cluster.fix.ReshardAccident.Writing;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A reshard is interrupted in the middle of a slot, a node or none is killed, writers go on or not:
 * after 'cluster fix' every key can be reached, and no value that a writer was told was written
 * before or during the fix is undone. ReshardAccidentTable does the same many times.
 */
@Tag("redis")
final class InterruptedReshardIT {
  private static final int KEYS = 3000;

  @TempDir Path directory;

  static List<Case> cases() {
    return Case.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void fixLosesNothing(Case which) throws Exception {
    try (ReshardAccident accident = new ReshardAccident(directory, KEYS, List.of())) {
      accident.happen(which);
      String seed = accident.seed().toString();
      Answer fix = Answer.to(fix(seed, accident.rescueFile()));
      Toll toll = accident.toll();

      fix.exits(0).says("[OK] All 16384 slots covered.");
      assertThat(toll.unreachable()).as("keys out of reach after%n%s", fix.out()).isEmpty();
      assertThat(toll.undone()).as("values undone by%n%s", fix.out()).isEmpty();
      if (which.killed() == Killed.NONE) {
        assertThat(toll.rescued()).as("no copy was ever hidden").isZero();
      }
      if (which.equals(new Case(Killed.SOURCE, Writing.RUNNING))) {
        assertThat(toll.rescued()).as("keys that the writers created twice").isPositive();
        String file = accident.rescueFile().toString();
        fix.says(file);
        Answer.to(List.of("cluster", "restore", seed, file, "--suffix", ":rescued"))
            .exits(0)
            .says("[OK] " + toll.rescued() + " of " + toll.rescued() + " copies restored.");
      }
    }
  }

  static List<String> fix(String seed, Path rescue) {
    return List.of("cluster", "fix", seed, "--rescue", rescue.toString());
  }
}
