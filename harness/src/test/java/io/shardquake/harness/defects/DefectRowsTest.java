package io.shardquake.harness.defects;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.faults.injector.StandardFaults;
import io.shardquake.harness.sim.SimResult;
import io.shardquake.harness.sim.Simulation;
import io.shardquake.node.core.defect.Defect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays the rows of {@code defect-rows.yaml}: who has the defect is found out by the checker that
 * the row names, and who has not is not accused. The slow tests measure how soon and write the
 * table of {@code docs/defects.md} to {@code target/defect-rows.md}.
 */
final class DefectRowsTest {
  private static final Simulation SIMULATION =
      new Simulation(StandardFaults.catalogue(), new Limits(Duration.ofMinutes(2), 256L << 20));
  private static final Path TABLE = Path.of("target", "defect-rows.md");

  /** What only tests of promises have shown so far; docs/defects.md says why. */
  private static final Set<Defect> BY_PROMISES_ONLY =
      EnumSet.of(
          Defect.NEVER_SEND_UPDATE,
          Defect.READ_AFTER_DEMOTION,
          Defect.KEEP_BLOCKED_CLIENTS,
          Defect.MIGRATE_DELETES_EARLY,
          Defect.RETURN_EXPIRED_KEYS);

  static List<DefectRow> quick() {
    return DefectRows.all().stream().filter(DefectRow::quick).toList();
  }

  static List<DefectRow> all() {
    return DefectRows.all();
  }

  @Test
  void everyDefectHasARow() {
    EnumSet<Defect> without = EnumSet.complementOf(EnumSet.copyOf(BY_PROMISES_ONLY));
    DefectRows.all().forEach(row -> without.remove(row.defect()));
    assertThat(without).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("quick")
  void theCheckerFindsTheDefect(DefectRow row) {
    long seed = row.allSeeds().get(0);
    assertThat(row.sighting(row.play(SIMULATION, seed))).as("seed %d", seed).isPresent();
  }

  @ParameterizedTest
  @MethodSource("all")
  @Tag("slow")
  void inEveryRowTheDefectIsFound(DefectRow row) throws IOException {
    List<Sighting> found = new ArrayList<>();
    for (long seed : row.allSeeds()) {
      Optional<Sighting> sighting = row.sighting(row.play(SIMULATION, seed));
      sighting.ifPresent(found::add);
    }
    Files.writeString(TABLE, row.line(found), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    assertThat(found).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("all")
  @Tag("slow")
  void whoHasNoDefectIsNotAccused(DefectRow row) {
    for (long seed : row.allSeeds()) {
      SimResult result = SIMULATION.run(row.withoutDefect(seed));
      String reason = result.verdict().reason();
      assertThat(row.sighting(result)).as("seed %d: %s", seed, reason).isEmpty();
      // Who takes over without a vote while slots move may own them in the epoch of another.
      if (!row.breaksEpochs()) {
        assertThat(result.verdict().validity())
            .as("seed %d: %s", seed, reason)
            .isNotEqualTo(Validity.INVALID);
      }
    }
  }
}
