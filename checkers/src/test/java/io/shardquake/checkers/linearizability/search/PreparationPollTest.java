package io.shardquake.checkers.linearizability.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.checkers.linearizability.oracle.CountingClock;
import io.shardquake.checkers.linearizability.oracle.SyntheticRegister;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** No phase before a search goes over a long history without asking the limits. */
class PreparationPollTest {
  private static final Model REGISTER = Models.casRegister(Value.nil());
  private static final ObjectHistory HISTORY =
      SyntheticRegister.generate(new SyntheticRegister.Shape(30_000, 10, 2, 0, true), 3);

  private final CountingClock clock = CountingClock.silent();

  @Test
  void everyPhaseAsksTheLimits() {
    LimitPoll poll = new LimitPoll(clock.limits());
    asking("the sorting into classes", () -> new CallClasses(HISTORY, REGISTER, poll));
    Timeline timeline = asking("the timeline", () -> Timeline.of(HISTORY, REGISTER, poll));
    ValueFlow flow = asking("the flow of values", () -> new ValueFlow(timeline, REGISTER));
    MissingSource sources =
        asking("the sources", () -> new MissingSource(timeline, flow, ValueFlow.NONE));
    assertThat(asking("the search for a missing source", sources::find)).isEmpty();
    assertThat(asking("settling", () -> SettledHistory.of(timeline, flow, ValueFlow.NONE)))
        .isPresent();
    asking("the demand", () -> new Demand(timeline, flow));
    asking(
        "the supply",
        () -> new Supply(timeline, new Window(timeline), flow, timeline.layout(true)));
  }

  private <T> T asking(String phase, Supplier<T> work) {
    return clock.lookedAtDuring(phase, HISTORY.size(), work);
  }
}
