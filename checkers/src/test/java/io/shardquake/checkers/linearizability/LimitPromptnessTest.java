package io.shardquake.checkers.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.checkers.linearizability.oracle.CountingClock;
import io.shardquake.checkers.linearizability.oracle.SyntheticRegister;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whenever its time is over, an analysis ends undecided, and looks at the clock no more. */
class LimitPromptnessTest {
  private static final int MOMENTS = 20;

  /** Each of two threads looks once more, and the one that waits for them when all is over. */
  private static final int LOOKS_TO_END = 12;

  private static final Model REGISTER = Models.casRegister(Value.nil());

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void endsWheneverItsTimeIsOver(Algorithm algorithm) {
    int values = algorithm == Algorithm.UNIQUE ? 0 : 5;
    ObjectHistory history =
        SyntheticRegister.generate(new SyntheticRegister.Shape(6_000, 10, 1, values, true), 5);
    CountingClock whole = CountingClock.silent();
    assertThat(analysed(history, algorithm, whole)).isInstanceOf(Analysis.Valid.class);
    for (int moment = 0; moment < MOMENTS; moment++) {
      long strike = 1 + whole.looks() * moment / (2 * MOMENTS);
      CountingClock clock = CountingClock.strikingAfter(strike);
      Analysis analysis = analysed(history, algorithm, clock);
      if (!wonTheRace(algorithm, analysis)) {
        assertThat(analysis)
            .as("%s, struck after %d looks", algorithm, strike)
            .isInstanceOfSatisfying(
                Analysis.Unknown.class,
                unknown -> assertThat(unknown.cause()).startsWith("time limit of"));
      }
      assertThat(clock.looks() - strike)
          .as("looks of %s at a clock that has struck after %d", algorithm, strike)
          .isLessThanOrEqualTo(LOOKS_TO_END);
    }
  }

  /** How many looks the winner of a race needs is a matter of how far the loser gets meanwhile. */
  private static boolean wonTheRace(Algorithm algorithm, Analysis analysis) {
    return algorithm == Algorithm.COMPETITION && analysis instanceof Analysis.Valid;
  }

  private static Analysis analysed(
      ObjectHistory history, Algorithm algorithm, CountingClock clock) {
    return ObjectAnalysis.analyse(history, REGISTER, algorithm, clock.limits());
  }
}
