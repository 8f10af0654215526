package io.shardquake.checkers.linearizability.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.LimitPoll;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Call;
import io.shardquake.checkers.linearizability.model.Effect;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.checkers.linearizability.model.Step;
import io.shardquake.checkers.linearizability.oracle.GeneratedHistory;
import io.shardquake.checkers.linearizability.oracle.GeneratedHistory.Shape;
import io.shardquake.checkers.linearizability.oracle.SimulatedObjects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Histories too large to enumerate: what is left out must make no difference. */
class ReductionsTest {
  @Provide
  Arbitrary<String> models() {
    return Arbitraries.of(Models.NAMES);
  }

  @Property(tries = 150)
  void noReductionChangesTheVerdict(
      @ForAll("models") String model,
      @ForAll int seed,
      @ForAll @IntRange(min = 5, max = 20) int operations,
      @ForAll @IntRange(min = 2, max = 4) int clients) {
    GeneratedHistory generated = generate(model, seed, operations, clients);
    Validity plain = judge(generated, generated.model(), Reductions.PLAIN);
    Assume.that(plain != Validity.UNKNOWN);
    assertThat(judge(generated, generated.model(), Reductions.ALL))
        .as("with all reductions")
        .isIn(plain, Validity.UNKNOWN);
    assertThat(judge(generated, new Silent(generated.model()), Reductions.PLAIN))
        .as("without what the model says of effects")
        .isIn(plain, Validity.UNKNOWN);
    boolean register = model.endsWith("register") && !model.startsWith("multi");
    if (plain == Validity.VALID && register) {
      assertThat(judge(generated, generated.model(), Reductions.RELAXED))
          .as("relaxed")
          .isNotEqualTo(Validity.INVALID);
    }
  }

  @Property(tries = 150)
  void aNarrowSearchFindsOnlyWhatIsThere(
      @ForAll int seed,
      @ForAll @IntRange(min = 5, max = 20) int operations,
      @ForAll @IntRange(min = 2, max = 4) int clients,
      @ForAll @IntRange(min = 1, max = 3) int width) {
    GeneratedHistory generated = generate("cas-register", seed, operations, clients);
    Timeline timeline = Timeline.of(generated.history(), generated.model(), LimitPoll.none());
    ValueFlow flow = new ValueFlow(timeline, generated.model());
    Linearizer linearizer = new Linearizer(timeline, flow, generated.model(), Reductions.ALL);
    if (new LinearSearch(timeline, linearizer, bound(), width).run() instanceof Analysis.Valid) {
      assertThat(judge(generated, generated.model(), Reductions.PLAIN))
          .isNotEqualTo(Validity.INVALID);
    }
  }

  @Property(tries = 150)
  void theOrderFoundIsALinearization(
      @ForAll("models") String model,
      @ForAll int seed,
      @ForAll @IntRange(min = 5, max = 40) int operations,
      @ForAll @IntRange(min = 2, max = 4) int clients) {
    GeneratedHistory generated = generate(model, seed, operations, clients);
    Validity verdict = judge(generated, generated.model(), Reductions.PLAIN);
    Assume.that(verdict != Validity.UNKNOWN);
    Optional<List<Integer>> order =
        Linearization.find(generated.history(), generated.model(), bound());
    assertThat(order.isPresent() && verdict == Validity.INVALID).isFalse();
    order.ifPresent(found -> assertIsLinearization(generated, found));
  }

  private static GeneratedHistory generate(String model, int seed, int operations, int clients) {
    SplittableRandom random = new SplittableRandom(seed);
    double fresh = new double[] {1, 0.5, 0}[random.nextInt(3)];
    double abandoned = new double[] {0, 0.05, 0.2}[random.nextInt(3)];
    Shape shape = new Shape(operations, clients, abandoned, random.nextInt(3));
    return GeneratedHistory.of(SimulatedObjects.named(model, fresh, random), shape, random);
  }

  private static Validity judge(GeneratedHistory generated, Model model, Reductions reductions) {
    Timeline timeline = Timeline.of(generated.history(), model, LimitPoll.none());
    ValueFlow flow = new ValueFlow(timeline, model);
    Linearizer linearizer = new Linearizer(timeline, flow, model, reductions);
    Analysis analysis = new LinearSearch(timeline, linearizer, bound()).run();
    if (analysis instanceof Analysis.Valid) {
      return Validity.VALID;
    }
    return analysis instanceof Analysis.Invalid ? Validity.INVALID : Validity.UNKNOWN;
  }

  /** A search without reductions needs exponential room where many operations are abandoned. */
  private static SearchLimits bound() {
    return SearchLimits.startingNow(new Limits(Duration.ofSeconds(2), 64L << 20));
  }

  /** The definition, checked: legal, complete, and in real time's order. */
  private static void assertIsLinearization(GeneratedHistory generated, List<Integer> order) {
    ObjectHistory history = generated.history();
    assertThat(order).doesNotHaveDuplicates();
    for (int op = 0; op < history.size(); op++) {
      assertThat(order.contains(op) || history.returned(op) == ObjectHistory.NEVER)
          .as("operation %d returned and is in %s", op, order)
          .isTrue();
    }
    int latestCall = -1;
    List<Model> states = List.of(generated.model());
    for (int op : order) {
      assertThat(history.returned(op))
          .as("return of %d in %s", op, order)
          .isGreaterThan(latestCall);
      latestCall = Math.max(latestCall, history.call(op));
      Call call = generated.model().simplified(history.toCall(op));
      states = states.stream().flatMap(state -> after(state, call).stream()).distinct().toList();
      assertThat(states).as("states after %s in %s", call, order).isNotEmpty();
    }
  }

  private static List<Model> after(Model state, Call call) {
    Step step = state.step(call);
    List<Model> next = new ArrayList<>();
    if (step instanceof Step.To to) {
      next.add(to.next());
    } else if (step instanceof Step.OneOf any) {
      next.addAll(any.next());
    }
    return next;
  }

  /** The same model without any promise. */
  private record Silent(Model model) implements Model {
    @Override
    public Step step(Call call) {
      Step step = model.step(call);
      if (step instanceof Step.To to) {
        return Step.to(new Silent(to.next()));
      }
      return step instanceof Step.OneOf any
          ? new Step.OneOf(any.next().stream().<Model>map(Silent::new).toList())
          : step;
    }

    @Override
    public Effect effect(Call call) {
      return Effect.CHANGES;
    }
  }
}
