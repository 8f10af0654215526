package io.shardquake.checkers.linearizability.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Limits;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Call;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Step;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each increment leads a counter to another state, so one that may happen for ever never ends. */
class UnboundedStatesTest {
  private record Counter(long sum) implements Model {
    @Override
    public Step step(Call call) {
      long value = ((Value.Int) call.argument()).value();
      if (call.function().equals("increment")) {
        return Step.to(new Counter(sum + value));
      }
      return value == sum ? Step.to(this) : Step.inconsistent("read " + value + " of " + sum);
    }
  }

  private static ObjectHistory incrementsThenRead(long sum) {
    return new ObjectHistory.Builder(Value.nil())
        .add(0, 0, 2, call("increment", 1))
        .add(1, 1, Long.MAX_VALUE, call("increment", 2))
        .add(2, 3, 4, call("read", sum))
        .build();
  }

  private static Call call(String function, long value) {
    return new Call(function, Value.of(value), Optional.empty());
  }

  private static SearchLimits limits() {
    return SearchLimits.startingNow(new Limits(Duration.ofMinutes(1), 1 << 28));
  }

  @ParameterizedTest
  @EnumSource
  void decidesThoughAnOperationOfUnknownOutcomeLeadsToStatesWithoutEnd(SearchAlgorithm search) {
    Model counter = new Counter(0);

    assertThat(search.analyse(incrementsThenRead(1), counter, limits()))
        .isInstanceOf(Analysis.Valid.class);
    assertThat(search.analyse(incrementsThenRead(3), counter, limits()))
        .isInstanceOf(Analysis.Valid.class);
    assertThat(search.analyse(incrementsThenRead(2), counter, limits()))
        .isInstanceOf(Analysis.Invalid.class);
  }
}
