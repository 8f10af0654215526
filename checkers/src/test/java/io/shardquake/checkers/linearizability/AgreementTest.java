package io.shardquake.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Limits;
import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.checkers.linearizability.oracle.GeneratedHistory;
import io.shardquake.checkers.linearizability.oracle.GeneratedHistory.Shape;
import io.shardquake.checkers.linearizability.oracle.SimulatedObjects;
import io.shardquake.checkers.linearizability.search.SearchAlgorithm;
import io.shardquake.checkers.linearizability.unique.NearLinear;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The algorithms against each other, on histories too large to enumerate. */
class AgreementTest {
  private static final int CASES = Integer.getInteger("shardquake.agreement.cases", 200);
  private static final Limits LIMITS = new Limits(Duration.ofMillis(100), 16L << 20);

  @ParameterizedTest
  @MethodSource("models")
  void algorithmsThatDecideALargerHistoryAgree(String model) {
    int compared = 0;
    for (int seed = 0; seed < CASES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Shape shape =
          new Shape(
              9 + random.nextInt(16),
              2 + random.nextInt(3),
              random.nextInt(2) * 0.02,
              random.nextInt(3));
      double fresh = random.nextInt(4) == 0 ? 0.9 : 1;
      GeneratedHistory generated =
          GeneratedHistory.of(SimulatedObjects.named(model, fresh, random), shape, random);
      List<Analysis> definite = definite(generated);
      compared += definite.size() > 1 ? 1 : 0;
      assertThat(definite.stream().map(one -> one instanceof Analysis.Valid).distinct().count())
          .as("different verdicts on %s, seed %d: %s", model, seed, definite)
          .isLessThan(2);
    }
    assertThat(compared).as("histories that two algorithms decided").isPositive();
  }

  static List<String> models() {
    return Models.NAMES;
  }

  private static List<Analysis> definite(GeneratedHistory generated) {
    List<Analysis> analyses = new ArrayList<>();
    NearLinear.decide(generated.history(), generated.model(), SearchLimits.none())
        .ifPresent(analyses::add);
    for (SearchAlgorithm search : SearchAlgorithm.values()) {
      analyses.add(
          search.analyse(generated.history(), generated.model(), SearchLimits.startingNow(LIMITS)));
    }
    analyses.removeIf(analysis -> analysis instanceof Analysis.Unknown);
    return analyses;
  }
}
