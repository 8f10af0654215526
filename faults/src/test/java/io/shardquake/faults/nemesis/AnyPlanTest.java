package io.shardquake.faults.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.faults.NodeStatus.State;
import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.Selector;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for every plan, however its faults overlap, and whenever the run ends. */
final class AnyPlanTest {
  private static final Set<List<Phase>> LIVES =
      Set.of(
          List.of(Phase.SKIPPED),
          List.of(Phase.MISSED),
          List.of(Phase.INJECT, Phase.BIT, Phase.HEAL, Phase.HEALED),
          List.of(Phase.INJECT, Phase.MISSED, Phase.HEAL, Phase.HEALED),
          List.of(Phase.INJECT, Phase.BIT, Phase.MISSED, Phase.HEAL, Phase.HEALED));

  @Provide
  Arbitrary<List<Fault>> plans() {
    Arbitrary<String> kinds =
        Arbitraries.of(
            "kill", "pause", "restart", "rolling-restart", "partition", "reset-connections");
    Arbitrary<Selector> targets =
        Arbitraries.of(
                "node 1",
                "nodes 1,2",
                "node 4",
                "random-master",
                "random-node",
                "random-replica",
                "all-masters",
                "minority",
                "shard-of(slot 0)",
                "every-node")
            .map(Selector::parse);
    Arbitrary<Duration> times = Arbitraries.integers().between(0, 20_000).map(Duration::ofMillis);
    return Combinators.combine(kinds, targets, times, times, Arbitraries.longs())
        .as(
            (kind, on, at, lasts, draw) ->
                new Fault(kind, on, at, lasts.dividedBy(2), draw, Collections.emptySortedMap()))
        .list()
        .ofMaxSize(8);
  }

  @Property(tries = 300)
  void endsWithEveryNodeRunning(
      @ForAll("plans") List<Fault> faults, @ForAll @IntRange(max = 60) int seconds) {
    Story story = new Story();
    faults.forEach(story::with);

    HealReport report = story.heal(story.run(seconds + "s"));

    assertThat(report.failures()).isEmpty();
    assertThat(story.cluster.states().values()).containsOnly(State.RUNNING);
    assertThat(story.cluster.fakeNetwork().isImpaired()).isFalse();
  }

  @Property(tries = 300)
  void tellsTheWholeLifeOfEachFault(
      @ForAll("plans") List<Fault> faults, @ForAll @IntRange(max = 60) int seconds) {
    Story story = new Story();
    faults.forEach(story::with);

    story.heal(story.run(seconds + "s"));

    for (int fault = 0; fault < faults.size(); fault++) {
      assertThat(LIVES).as("fault %s of %s", fault, story.events).contains(story.phases(fault));
    }
    assertThat(story.events).extracting(FaultEvent::timeNanos).isSorted();
  }

  @Property(tries = 100)
  void choosesTheSameNodesWhenAnotherFaultIsTakenOut(
      @ForAll long draw, @ForAll @IntRange(max = 2) int taken) {
    List<Fault> faults =
        List.of(
            drawing("pause", "random-replica", 1, draw),
            drawing("kill", "random-master", 10, draw + 1),
            drawing("pause", "random-node", 20, draw + 2));
    Story whole = new Story();
    faults.forEach(whole::with);
    whole.run("60s");

    Story shrunk = new Story();
    faults.stream().filter(fault -> !fault.equals(faults.get(taken))).forEach(shrunk::with);
    shrunk.run("60s");

    assertThat(injected(shrunk))
        .isEqualTo(
            injected(whole).stream()
                .filter(line -> !line.contains(faults.get(taken).describe()))
                .toList());
  }

  private static Fault drawing(String kind, String on, int second, long draw) {
    return new Fault(
        kind,
        Selector.parse(on),
        Duration.ofSeconds(second),
        Duration.ofSeconds(2),
        draw,
        Collections.emptySortedMap());
  }

  private static List<String> injected(Story story) {
    return story.events.stream()
        .filter(event -> event.phase() == Phase.INJECT)
        .map(event -> event.detail() + event.nodes())
        .toList();
  }
}
