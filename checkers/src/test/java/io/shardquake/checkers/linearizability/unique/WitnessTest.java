package io.shardquake.checkers.linearizability.unique;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.checkers.linearizability.oracle.BruteForce;
import io.shardquake.checkers.linearizability.oracle.GeneratedHistory;
import io.shardquake.checkers.linearizability.oracle.SimulatedObjects;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WitnessTest {
  private static final int CASES = 5_000;

  @ParameterizedTest
  @MethodSource("models")
  void aWitnessAloneIsNotLinearizable(String model) {
    int witnesses = 0;
    for (int seed = 0; seed < CASES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      GeneratedHistory.Shape shape =
          new GeneratedHistory.Shape(4 + random.nextInt(9), 1 + random.nextInt(4), 0.1, 2);
      GeneratedHistory generated =
          GeneratedHistory.of(SimulatedObjects.named(model, 0.97, random), shape, random);
      Optional<Analysis> analysis =
          NearLinear.decide(generated.history(), generated.model(), SearchLimits.none());
      if (analysis.isPresent() && analysis.get() instanceof Analysis.Invalid invalid) {
        witnesses++;
        ObjectHistory alone = only(generated.history(), invalid.witness());
        assertThat(BruteForce.isLinearizable(alone, generated.model()))
            .as("the witness of %s, seed %d: %s", model, seed, invalid)
            .isFalse();
      }
    }
    assertThat(witnesses).as("invalid histories among %d", CASES).isGreaterThan(CASES / 10);
  }

  static List<String> models() {
    return Models.NAMES.stream()
        .filter(name -> !name.equals("mutex") && !name.equals("multi-register"))
        .toList();
  }

  private static ObjectHistory only(ObjectHistory history, List<Integer> operations) {
    ObjectHistory.Builder builder = new ObjectHistory.Builder(history.key());
    for (int operation : operations) {
      long returned = history.returned(operation);
      builder.add(
          history.row(operation),
          history.call(operation),
          returned == ObjectHistory.NEVER ? Long.MAX_VALUE : returned,
          history.toCall(operation));
    }
    return builder.build();
  }
}
