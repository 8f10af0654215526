package io.shardquake.checkers.linearizability.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.checkers.linearizability.oracle.BruteForce;
import io.shardquake.checkers.linearizability.oracle.DrawnHistory;
import io.shardquake.checkers.linearizability.oracle.GeneratedHistory;
import io.shardquake.checkers.linearizability.oracle.GeneratedHistory.Shape;
import io.shardquake.checkers.linearizability.oracle.SimulatedObjects;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MissingSourceTest {
  private static final Model REGISTER = Models.casRegister(Value.of(0L));

  @Test
  void findsAValueThatNothingWrote() {
    assertThat(find("read 3   [--]")).hasValue(List.of(0));
  }

  @Test
  void findsAValueThatWasReplacedBefore() {
    assertThat(
            find(
                """
                write 1   [--]
                cas 1 2        [--]
                read 1              [--]
                """))
        .hasValue(List.of(1, 2));
  }

  @Test
  void findsTheInitialValueAfterItWasReplaced() {
    assertThat(
            find(
                """
                write 1   [--]
                read 0         [--]
                """))
        .hasValue(List.of(0, 1));
  }

  @Test
  void allowsAnIndeterminateWriteToBeLate() {
    assertThat(
            find(
                """
                write 1   [--
                write 2     [--]
                read 1           [--]
                """))
        .isEmpty();
  }

  @Test
  void allowsWhatOverlapsTheReplacement() {
    assertThat(
            find(
                """
                write 1   [----]
                write 2     [--]
                read 1           [--]
                """))
        .isEmpty();
  }

  @Property(tries = 2000)
  void whatItFindsIsNotLinearizable(@ForAll int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    GeneratedHistory generated =
        GeneratedHistory.of(
            SimulatedObjects.named("cas-register", random.nextDouble(), random),
            new Shape(1 + random.nextInt(8), 3, 0.1, 2),
            random);
    if (find(generated.history(), generated.model()).isPresent()) {
      assertThat(BruteForce.isLinearizable(generated.history(), generated.model())).isFalse();
    }
  }

  private static Optional<List<Integer>> find(String drawing) {
    return find(DrawnHistory.of(drawing), REGISTER);
  }

  private static Optional<List<Integer>> find(ObjectHistory history, Model initial) {
    Timeline timeline = Timeline.of(history, initial, LimitPoll.none());
    ValueFlow flow = new ValueFlow(timeline, initial);
    return new MissingSource(timeline, flow, flow.heldIn(initial)).find();
  }
}
