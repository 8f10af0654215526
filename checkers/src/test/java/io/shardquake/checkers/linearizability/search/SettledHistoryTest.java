package io.shardquake.checkers.linearizability.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Limits;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.checkers.linearizability.oracle.BruteForce;
import io.shardquake.checkers.linearizability.oracle.DrawnHistory;
import io.shardquake.checkers.linearizability.oracle.GeneratedHistory;
import io.shardquake.checkers.linearizability.oracle.GeneratedHistory.Shape;
import io.shardquake.checkers.linearizability.oracle.SimulatedObjects;
import io.shardquake.checkers.linearizability.oracle.SyntheticRegister;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SettledHistoryTest {
  private static final Model REGISTER = Models.casRegister(Value.of(0L));

  @Test
  void leavesOutWhatNobodyAskedFor() {
    ObjectHistory settled =
        settled(
            """
            write 1   [--
            cas 1 2     [--
            write 3       [--]
            read 3             [--]
            """);

    assertThat(settled.size()).isEqualTo(2);
    assertThat(settled.row(0)).isEqualTo(2);
  }

  @Test
  void letsAWriterReturnJustBeforeTheFirstWhoFoundItsValue() {
    ObjectHistory settled =
        settled(
            """
            write 1   [--
            write 5      [---------]
            read 1          [--]
            read 1            [-----]
            """);

    assertThat(settled.returned(0)).isEqualTo(settled.returned(2) - 1);
  }

  @Test
  void followsCompareAndSetsBack() {
    ObjectHistory settled =
        settled(
            """
            write 1   [--
            cas 1 2     [--
            read 2          [--]
            """);

    assertThat(settled.returned(1)).isEqualTo(settled.returned(2) - 1);
    assertThat(settled.returned(0)).isEqualTo(settled.returned(1) - 1);
  }

  @Test
  void settlesNothingWhereTwoMayHaveWrittenTheValue() {
    assertThat(
            settle(
                DrawnHistory.of(
                    """
                    write 1   [--
                    write 1     [--
                    read 1          [--]
                    """),
                REGISTER))
        .isEmpty();
  }

  @Property(tries = 3000)
  void theSettledHistoryIsLinearizableExactlyIfTheOriginalIs(@ForAll int seed) {
    GeneratedHistory generated = generate(seed, 8);
    settle(generated.history(), generated.model())
        .ifPresent(
            settled ->
                assertThat(BruteForce.isLinearizable(settled.history(), generated.model()))
                    .isEqualTo(BruteForce.isLinearizable(generated.history(), generated.model())));
  }

  @Property(tries = 500)
  void theSettledHistoryEndsWhereTheOriginalDoes(@ForAll int seed) {
    GeneratedHistory generated = generate(seed, 14);
    settle(generated.history(), generated.model())
        .ifPresent(
            settled ->
                assertThat(
                        DeadEnd.find(settled.history(), generated.model(), bound(), 1)
                            .map(end -> settled.original(end.operation())))
                    .isEqualTo(
                        DeadEnd.find(generated.history(), generated.model(), bound(), 1)
                            .map(DeadEnd::operation)));
  }

  @Test
  void everySearchDecidesUniqueValuesHoweverManyOutcomesAreUnknown() {
    for (boolean valid : new boolean[] {true, false}) {
      ObjectHistory history =
          SyntheticRegister.generate(new SyntheticRegister.Shape(3_000, 10, 5, 0, valid), 3);
      for (SearchAlgorithm search : SearchAlgorithm.values()) {
        Analysis analysis = search.analyse(history, Models.casRegister(Value.nil()), bound());
        assertThat(analysis)
            .as("%s, valid: %s", search, valid)
            .isInstanceOf(valid ? Analysis.Valid.class : Analysis.Invalid.class);
      }
    }
  }

  private static GeneratedHistory generate(int seed, int most) {
    SplittableRandom random = new SplittableRandom(seed);
    return GeneratedHistory.of(
        SimulatedObjects.named("cas-register", random.nextDouble(), random),
        new Shape(1 + random.nextInt(most), 3, 0.3, random.nextInt(3)),
        random);
  }

  private static ObjectHistory settled(String drawing) {
    return settle(DrawnHistory.of(drawing), REGISTER).orElseThrow().history();
  }

  private static Optional<SettledHistory> settle(ObjectHistory history, Model initial) {
    Timeline timeline = Timeline.of(history, initial, LimitPoll.none());
    ValueFlow flow = new ValueFlow(timeline, initial);
    return SettledHistory.of(timeline, flow, flow.heldIn(initial));
  }

  private static SearchLimits bound() {
    return SearchLimits.startingNow(new Limits(Duration.ofSeconds(60), 256L << 20));
  }
}
