package io.shardquake.checkers.linearizability.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.explanation.Explanation.Core;
import io.shardquake.checkers.linearizability.model.Effect;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.checkers.linearizability.oracle.DrawnHistory;
import io.shardquake.checkers.linearizability.oracle.GeneratedHistory;
import io.shardquake.checkers.linearizability.oracle.GeneratedHistory.Shape;
import io.shardquake.checkers.linearizability.oracle.SimulatedObjects;
import io.shardquake.checkers.linearizability.oracle.SyntheticRegister;
import io.shardquake.checkers.linearizability.search.SearchAlgorithm;
import io.shardquake.checkers.linearizability.unique.NearLinear;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ExplainerTest {
  private static final Model REGISTER = Models.casRegister(Value.nil());

  @Test
  void blamesTheFirstOperationThatCannotBeLinearized() {
    Explanation explanation =
        explain(
            """
            write 1   [--]
            write 2        [--]
            read 1              [--]
            read 2                   [--]
            """);
    assertThat(explanation.impasse())
        .hasValueSatisfying(
            impasse -> {
              assertThat(impasse.operation()).isEqualTo(2);
              assertThat(impasse.returnsPassed()).isEqualTo(2);
            });
    assertThat(explanation.prefix()).containsExactly(0, 1);
  }

  @Test
  void saysWhyEachWayOnIsClosed() {
    Explanation explanation =
        explain(
            """
            write 1   [--]
            write 2        [----------]
            cas 5 6         [-----
            read 3               [--]
            """);
    assertThat(explanation.impasse().orElseThrow().candidates())
        .anySatisfy(
            candidate -> {
              assertThat(candidate.state()).isEqualTo("1");
              assertThat(candidate.pending()).containsExactly(1, 2, 3);
              assertThat(candidate.attempts())
                  .extracting(Explanation.Attempt::why)
                  .containsExactly(
                      "can't read 3 from 1", "can't read 3 from 2", "can't cas 1 from 5");
            });
  }

  @Test
  void leavesOutOfTheCoreWhatHasNoPartInIt() {
    Explanation explanation =
        explain(
            """
            write 1   [--]
            read 1         [--]
            write 2              [--]
            write 4                 [---------]
            read 2                    [--]
            read 1                         [--]
            """);
    assertThat(explanation.core()).hasValue(new Core(List.of(2, 5), true, true));
  }

  @Test
  void theCoreOfAHistoryWithoutOverwriterBeginsAtTheBeginning() {
    Explanation explanation =
        explain(
            """
            cas nil 1   [--]
            cas 1 2          [--]
            cas 1 3               [--]
            """);
    assertThat(explanation.core()).hasValue(new Core(List.of(1, 2), false, true));
  }

  @Test
  void explainsALongHistoryFromItsEnd() {
    ObjectHistory history =
        SyntheticRegister.generate(new SyntheticRegister.Shape(40_000, 10, 1, 0, false), 7);
    Analysis verdict = NearLinear.decide(history, REGISTER, SearchLimits.none()).orElseThrow();

    Explanation explanation =
        new Explainer(history, REGISTER, Duration.ofMinutes(5), SearchLimits.none())
            .explain((Analysis.Invalid) verdict);

    Explanation.Impasse impasse = explanation.impasse().orElseThrow();
    assertThat(impasse.isFirst()).isTrue();
    int end = history.returned(impasse.operation());
    int[] before =
        IntStream.range(0, history.size()).filter(op -> history.call(op) < end).toArray();
    assertThat(decide(history.part(before, op -> history.returned(op) >= end, LimitPoll.none())))
        .isInstanceOf(Analysis.Valid.class);
    assertThat(decide(history.part(before, op -> history.returned(op) > end, LimitPoll.none())))
        .isInstanceOf(Analysis.Invalid.class);
    assertThat(explanation.prefix()).hasSizeGreaterThanOrEqualTo(impasse.returnsPassed());
    Core core = explanation.core().orElseThrow();
    assertThat(core.operations()).hasSizeLessThan(10).contains(impasse.operation());
  }

  private static Analysis decide(ObjectHistory history) {
    return NearLinear.decide(history, REGISTER, SearchLimits.none()).orElseThrow();
  }

  private static Explanation explain(String drawing) {
    return explain(DrawnHistory.of(drawing), REGISTER);
  }

  private static Explanation explain(ObjectHistory history, Model model) {
    Analysis analysis = SearchAlgorithm.LINEAR.analyse(history, model, SearchLimits.none());
    return new Explainer(history, model, Duration.ofMinutes(1), SearchLimits.none())
        .explain((Analysis.Invalid) analysis);
  }

  @Provide
  Arbitrary<String> models() {
    return Arbitraries.of(Models.NAMES);
  }

  @Property(tries = 100)
  void theCoreIsImpossibleAndNothingInItCanBeExcused(
      @ForAll("models") String name, @ForAll int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    GeneratedHistory generated =
        GeneratedHistory.of(
            SimulatedObjects.named(name, 0.5, random), new Shape(12, 3, 0.1, 2), random);
    ObjectHistory history = generated.history();
    Model model = generated.model();
    if (isPossible(history, model)) {
      return;
    }
    Core core = explain(history, model).core().orElseThrow();
    assertThat(core.minimal()).isTrue();
    int[] members = core.operations().stream().mapToInt(op -> op).toArray();
    assertThat(isPossible(history.part(members, op -> false, LimitPoll.none()), model))
        .as("the core %s by itself is possible", core)
        .isFalse();
    core.operations().stream()
        .skip(core.fromAnyState() ? 1 : 0)
        .forEach(
            op ->
                assertThat(isPossible(excusing(history, core, op, model), model))
                    .as("core %s without %d is possible", core, op)
                    .isTrue());
  }

  /** All that the core was cut from, with one operation of the core excused. */
  private static ObjectHistory excusing(ObjectHistory history, Core core, int op, Model model) {
    int anchor = core.operations().get(0);
    int[] kept =
        IntStream.range(0, history.size())
            .filter(
                other ->
                    (other != op && core.operations().contains(other))
                        || model.effect(model.simplified(history.toCall(other))) != Effect.OBSERVES)
            .filter(other -> !core.fromAnyState() || history.returned(other) > history.call(anchor))
            .toArray();
    return history.part(
        kept, other -> other == op || !core.operations().contains(other), LimitPoll.none());
  }

  private static boolean isPossible(ObjectHistory history, Model model) {
    return SearchAlgorithm.WGL.analyse(history, model, SearchLimits.none())
        instanceof Analysis.Valid;
  }
}
