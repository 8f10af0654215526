package io.shardquake.checkers.linearizability.unique;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.checkers.linearizability.model.Step;
import io.shardquake.checkers.linearizability.oracle.SyntheticRegister;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RegisterOrderTest {
  private static final Model REGISTER = Models.casRegister(Value.nil());

  @Property(tries = 200)
  void isALinearization(
      @ForAll @IntRange(min = 1, max = 400) int operations,
      @ForAll @IntRange(min = 1, max = 30) int clients,
      @ForAll @IntRange(min = 0, max = 20) int infos,
      @ForAll int seed) {
    ObjectHistory history =
        SyntheticRegister.generate(
            new SyntheticRegister.Shape(operations, clients, infos, 0, true), seed);

    int[] order = NearLinear.linearization(history, REGISTER, SearchLimits.none()).orElseThrow();

    boolean[] done = new boolean[history.size()];
    Model state = REGISTER;
    int latestCall = -1;
    for (int operation : order) {
      assertThat(done[operation]).as("%d is there twice", operation).isFalse();
      done[operation] = true;
      assertThat(history.returned(operation)).as("%d is late", operation).isGreaterThan(latestCall);
      latestCall = Math.max(latestCall, history.call(operation));
      Step step = state.step(history.toCall(operation));
      assertThat(step).as("%s in %s", history.named(operation), state).isInstanceOf(Step.To.class);
      state = ((Step.To) step).next();
    }
    for (int operation = 0; operation < done.length; operation++) {
      assertThat(done[operation] || history.returned(operation) == ObjectHistory.NEVER)
          .as("%s is missing", history.named(operation))
          .isTrue();
    }
  }

  @Test
  void thereIsNoneOfAHistoryThatIsNotLinearizable() {
    ObjectHistory history =
        SyntheticRegister.generate(new SyntheticRegister.Shape(1_000, 5, 1, 0, false), 1);

    assertThat(NearLinear.linearization(history, REGISTER, SearchLimits.none()))
        .isEqualTo(Optional.empty());
  }
}
