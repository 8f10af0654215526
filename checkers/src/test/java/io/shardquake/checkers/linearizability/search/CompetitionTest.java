package io.shardquake.checkers.linearizability.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Limits;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Call;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.checkers.linearizability.model.Step;
import io.shardquake.checkers.linearizability.oracle.DrawnHistory;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompetitionTest {
  @Test
  void givesTheVerdictOfTheSearchThatEndsFirst() {
    Model register = Models.register(Value.of(0L));
    Analysis valid =
        Competition.analyse(DrawnHistory.of("write 1  [--]"), register, SearchLimits.none());
    assertThat(valid).isInstanceOf(Analysis.Valid.class);
    Analysis invalid =
        Competition.analyse(DrawnHistory.of("read 1  [--]"), register, SearchLimits.none());
    assertThat(invalid).isInstanceOf(Analysis.Invalid.class);
  }

  @Test
  void bothSearchesHaveEndedWhenTheMemoryIsFull() {
    SearchLimits limits = SearchLimits.startingNow(new Limits(Duration.ofHours(1), 4 << 20));
    Analysis analysis = Competition.analyse(concurrentIncrements(24), new Odometer(""), limits);
    assertThat(analysis)
        .isInstanceOfSatisfying(
            Analysis.Unknown.class,
            unknown -> {
              assertThat(unknown.analyzer()).isEqualTo("competition");
              assertThat(unknown.cause()).startsWith("memory limit");
            });
    assertNoThreadOfOurs();
  }

  @Test
  void anInterruptionEndsBothSearches() {
    Thread.currentThread().interrupt();
    Analysis analysis =
        Competition.analyse(concurrentIncrements(24), new Odometer(""), SearchLimits.none());
    assertThat(Thread.interrupted()).as("the thread stays interrupted").isTrue();
    assertThat(analysis)
        .isInstanceOfSatisfying(
            Analysis.Unknown.class,
            unknown -> assertThat(unknown.cause()).isEqualTo("interruption"));
    assertNoThreadOfOurs();
  }

  private static void assertNoThreadOfOurs() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("linearizability-wgl");
  }

  /** All at once, in no order that the model could tell apart early: every order is a state. */
  private static ObjectHistory concurrentIncrements(int count) {
    ObjectHistory.Builder builder = new ObjectHistory.Builder(Value.nil());
    for (int op = 0; op < count; op++) {
      Call turn = new Call("turn", Value.of((long) op), Optional.empty());
      builder.add(op, op, count + op, turn);
    }
    Call impossible = new Call("never", Value.nil(), Optional.empty());
    return builder.add(count, 2L * count, 2L * count + 1, impossible).build();
  }

  /** Remembers everything that ever happened to it. */
  private record Odometer(String turns) implements Model {
    @Override
    public Step step(Call call) {
      return call.function().equals("turn")
          ? Step.to(new Odometer(turns + call.argument() + ","))
          : Step.inconsistent("it never happens");
    }
  }
}
