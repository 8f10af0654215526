package io.shardquake.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.checkers.linearizability.oracle.BruteForce;
import io.shardquake.checkers.linearizability.oracle.GeneratedHistory;
import io.shardquake.checkers.linearizability.oracle.GeneratedHistory.Shape;
import io.shardquake.checkers.linearizability.oracle.SimulatedObjects;
import io.shardquake.checkers.linearizability.search.SearchAlgorithm;
import io.shardquake.checkers.linearizability.unique.NearLinear;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The near-linear algorithms against the enumeration of all linearizations, on small histories of
 * every model. The system property {@code shardquake.differential.cases} sets how many histories
 * are tried.
 */
class DifferentialTest {
  private static final int CASES = Integer.getInteger("shardquake.differential.cases", 200_000);

  @ParameterizedTest
  @MethodSource("models")
  void everyAlgorithmAgreesWithTheEnumerationOfAllLinearizations(String model) {
    int cases = Math.max(1, CASES / Models.NAMES.size());
    int valid = 0;
    for (int seed = 0; seed < cases; seed++) {
      GeneratedHistory generated = generate(model, seed);
      boolean expected = BruteForce.isLinearizable(generated.history(), generated.model());
      valid += expected ? 1 : 0;
      for (Analysis analysis : analyses(generated)) {
        if (analysis instanceof Analysis.Unknown
            || analysis instanceof Analysis.Valid != expected) {
          fail(difference(model, seed, generated, expected, analysis));
        }
      }
    }
    assertThat(valid)
        .as("valid histories of %s among %d: the mix must be good", model, cases)
        .isBetween(cases / 5, cases * 4 / 5);
  }

  static List<String> models() {
    return Models.NAMES;
  }

  private static List<Analysis> analyses(GeneratedHistory generated) {
    List<Analysis> analyses = new ArrayList<>();
    NearLinear.decide(generated.history(), generated.model(), SearchLimits.none())
        .ifPresent(analyses::add);
    for (SearchAlgorithm search : SearchAlgorithm.values()) {
      analyses.add(search.analyse(generated.history(), generated.model(), SearchLimits.none()));
    }
    return analyses;
  }

  private static GeneratedHistory generate(String model, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double fresh = new double[] {1, 0.9, 0}[random.nextInt(3)];
    Shape shape =
        new Shape(
            Math.max(1 + random.nextInt(8), 1 + random.nextInt(8)),
            1 + random.nextInt(4),
            new double[] {0, 0.05, 0.2}[random.nextInt(3)],
            random.nextInt(model.equals("mutex") ? 30 : 5));
    return GeneratedHistory.of(SimulatedObjects.named(model, fresh, random), shape, random);
  }

  private static String difference(
      String model, int seed, GeneratedHistory generated, boolean expected, Analysis analysis) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s, seed %d, from %s: linearizable is %s, but %s:%n"
            .formatted(model, seed, generated.model(), expected, analysis));
    ObjectHistory history = generated.history();
    for (int operation = 0; operation < history.size(); operation++) {
      boolean info = history.returned(operation) == ObjectHistory.NEVER;
      text.append(
          "%4d .. %4s  %s%n"
              .formatted(
                  history.call(operation),
                  info ? "?" : Integer.toString(history.returned(operation)),
                  history.toCall(operation)));
    }
    return text.toString();
  }
}
