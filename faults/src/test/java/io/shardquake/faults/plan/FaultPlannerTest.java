package io.shardquake.faults.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.faults.plan.FaultKind.Aim;
import io.shardquake.faults.plan.FaultKind.Length;
import io.shardquake.faults.plan.Selector.Group;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class FaultPlannerTest {
  private static final FaultKind KILL = kind("kill", Length.TOGETHER);
  private static final FaultKind PAUSE = kind("pause", Length.TOGETHER);
  private static final FaultKind ROLL = kind("roll", Length.ONE_BY_ONE);
  private static final ClusterShape SHAPE = new ClusterShape(3, 1);

  private static FaultKind kind(String name, Length length) {
    return new FaultKind(
        name,
        "",
        "",
        length,
        List.of(
            new Aim(Group.RANDOM_MASTER, Intensity.CALM),
            new Aim(Group.RANDOM_REPLICA, Intensity.CALM),
            new Aim(Group.MINORITY, Intensity.NORMAL),
            new Aim(Group.EVERY_NODE, Intensity.BRUTAL)),
        Collections.emptySortedMap());
  }

  private static PlannerOptions options(
      List<FaultKind> kinds, int seconds, int nodeTimeoutMillis, Intensity intensity) {
    return new PlannerOptions(
        kinds, Duration.ofSeconds(seconds), SHAPE, Duration.ofMillis(nodeTimeoutMillis), intensity);
  }

  private static FaultPlan plan(PlannerOptions options, long seed) {
    return FaultPlanner.plan(options, new SplittableRandom(seed));
  }

  @Property
  void makesTheSamePlanFromTheSameSeed(@ForAll long seed, @ForAll Intensity intensity) {
    PlannerOptions options = options(List.of(KILL, PAUSE, ROLL), 60, 1000, intensity);

    assertThat(plan(options, seed)).isEqualTo(plan(options, seed));
  }

  @Property
  void staysWithinTheTraffic(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 600) int seconds,
      @ForAll @IntRange(min = 100, max = 20_000) int nodeTimeout,
      @ForAll Intensity intensity) {
    FaultPlan plan = plan(options(List.of(KILL, PAUSE), seconds, nodeTimeout, intensity), seed);

    assertThat(plan.faults()).as("an experiment needs a fault").isNotEmpty();
    assertThat(plan.end()).isLessThan(Duration.ofSeconds(seconds));
    assertThat(plan.faults().get(0).at()).isPositive();
  }

  @Property
  void leavesTimeToRecoverBetweenWaves(
      @ForAll long seed,
      @ForAll @IntRange(min = 30, max = 600) int seconds,
      @ForAll Intensity intensity) {
    FaultPlan plan = plan(options(List.of(KILL, PAUSE), seconds, 1000, intensity), seed);
    Duration recovery = Duration.ofMillis((long) (1000 * intensity.recovery()));

    for (List<Fault> wave : waves(plan)) {
      assertThat(wave).hasSizeLessThanOrEqualTo(intensity.atOnce());
    }
    List<List<Fault>> waves = waves(plan);
    for (int i = 1; i < waves.size(); i++) {
      Duration end = new FaultPlan(waves.get(i - 1)).end();
      assertThat(waves.get(i).get(0).at().minus(end)).isGreaterThanOrEqualTo(recovery);
    }
  }

  /** Faults that overlap or touch belong to one wave. */
  private static List<List<Fault>> waves(FaultPlan plan) {
    List<List<Fault>> waves = new ArrayList<>();
    Duration end = Duration.ofSeconds(-1);
    for (Fault fault : plan.faults().stream().sorted(Comparator.comparing(Fault::at)).toList()) {
      if (fault.at().compareTo(end) > 0) {
        waves.add(new ArrayList<>());
      }
      waves.get(waves.size() - 1).add(fault);
      Duration ends = fault.at().plus(fault.duration());
      end = ends.compareTo(end) > 0 ? ends : end;
    }
    return waves;
  }

  @Property
  void keepsToTheIntensity(@ForAll long seed) {
    FaultPlan plan = plan(options(List.of(KILL, PAUSE), 300, 1000, Intensity.CALM), seed);

    assertThat(plan.faults())
        .allSatisfy(
            fault -> {
              assertThat(fault.on()).isIn(Group.RANDOM_MASTER, Group.RANDOM_REPLICA);
              assertThat(fault.duration().toMillis())
                  .as("three node timeouts, or a failover and one more")
                  .isLessThanOrEqualTo(4000);
            });
  }

  @Property
  void letsAboutHalfOfTheFaultsOutlastAFailover(
      @ForAll long seed, @ForAll @IntRange(min = 500, max = 2000) int nodeTimeout) {
    long failover = nodeTimeout * 3L / 2 + 1500;
    List<Fault> faults =
        plan(options(List.of(KILL), 3600, nodeTimeout, Intensity.NORMAL), seed).faults();

    assertThat(faults)
        .filteredOn(fault -> fault.duration().toMillis() >= failover)
        .hasSizeGreaterThan(faults.size() / 3);
  }

  @Property
  void doesNotAimAtWhoIsNotThere(@ForAll long seed) {
    PlannerOptions options =
        new PlannerOptions(
            List.of(KILL),
            Duration.ofMinutes(5),
            new ClusterShape(2, 0),
            Duration.ofSeconds(1),
            Intensity.BRUTAL);

    assertThat(plan(options, seed).faults())
        .extracting(Fault::on)
        .doesNotContain(Group.RANDOM_REPLICA, Group.MINORITY);
  }

  @Property
  void plansARollHoweverShortTheTraffic(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 100) int seconds) {
    FaultPlan plan = plan(options(List.of(ROLL), seconds, 2000, Intensity.NORMAL), seed);

    assertThat(plan.faults()).isNotEmpty();
    assertThat(plan.end()).isLessThan(Duration.ofSeconds(seconds));
  }

  @Test
  void plansNothingWithoutKinds() {
    assertThat(plan(options(List.of(), 60, 1000, Intensity.BRUTAL), 1).faults()).isEmpty();
  }

  /** Pinned, because a seed that somebody has written down must mean the same plan for ever. */
  @Test
  void makesOfSeedSevenWhatItAlwaysMade() {
    FaultPlan plan = plan(options(List.of(KILL, PAUSE, ROLL), 60, 2000, Intensity.NORMAL), 7);

    assertThat(plan.faults().stream().map(fault -> fault.describe() + " #" + fault.draw()))
        .containsExactly(
            "pause random-replica at 4s for 5858ms #4549343118113161",
            "kill minority at 14362ms for 5206ms #8244817730769027",
            "pause random-replica at 24899ms for 5774ms #268317614977542",
            "roll random-master at 38439ms for 926ms #2225283640824893");
  }
}
