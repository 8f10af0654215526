package io.shardquake.checkers.linearizability.unique;

import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.Cost;
import java.util.Optional;

/** What an algorithm of this package found out about a history. */
sealed interface Decision {
  /** The verdict, if there is one. */
  Optional<Analysis> analysis(Cost cost);

  /** A linearization exists. */
  record Linearizable() implements Decision {
    @Override
    public Optional<Analysis> analysis(Cost cost) {
      return Optional.of(new Analysis.Valid(NearLinear.ANALYZER, cost));
    }
  }

  /** None exists. */
  record Contradicted(Contradiction contradiction) implements Decision {
    @Override
    public Optional<Analysis> analysis(Cost cost) {
      return Optional.of(
          new Analysis.Invalid(
              NearLinear.ANALYZER, cost, contradiction.why(), contradiction.operations()));
    }
  }

  /** The conditions of the algorithm do not hold, and what is left of the history shows nothing. */
  record Undecided() implements Decision {
    @Override
    public Optional<Analysis> analysis(Cost cost) {
      return Optional.empty();
    }
  }

  /**
   * What follows from a contradiction or the lack of one.
   *
   * @param exact whether the lack of one proves that a linearization exists
   */
  static Decision of(Optional<Contradiction> contradiction, boolean exact) {
    return contradiction
        .<Decision>map(Contradicted::new)
        .orElseGet(exact ? Linearizable::new : Undecided::new);
  }
}
