package io.shardquake.faults.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.faultlog.FaultEvent;
import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.faults.NodeStatus.State;
import io.shardquake.faults.injector.StandardFaults;
import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.FaultKind;
import io.shardquake.faults.plan.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class PlanNemesisTest {
  private final Story story = new Story();

  @Test
  void killsAtItsTimeAndStartsAgainAfterItsDuration() {
    story.with("kill", "node 1", "5s", "10s").run("60s");

    assertThat(story.cluster.log()).containsExactly("5000 kill n1", "15200 start n1");
    assertThat(story.phases(0)).containsExactly(Phase.INJECT, Phase.BIT, Phase.HEAL, Phase.HEALED);
    assertThat(story.event(0, Phase.BIT).detail())
        .isEqualTo("n1: process 100 is gone; PING: Connection refused");
    assertThat(story.event(0, Phase.HEALED).detail())
        .isEqualTo("n1: process 106 runs and answers PING");
  }

  @Test
  void letsAProcessStandStillBeforeItIsKilled() {
    story.with(stalledKill()).run("60s");

    assertThat(story.cluster.log())
        .containsExactly("5000 pause n1", "5050 resume n1", "5050 kill n1", "15200 start n1");
    assertThat(story.event(0, Phase.BIT).data().toString()).contains("stalled");
  }

  @Test
  void killsEvenWhereNobodyCanBeMadeToStandStill() {
    story.cluster.makeUnstoppable("n1");

    story.with(stalledKill()).run("60s");

    assertThat(story.phases(0)).containsExactly(Phase.INJECT, Phase.BIT, Phase.HEAL, Phase.HEALED);
  }

  private static Fault stalledKill() {
    return new Fault(
        "kill",
        Selector.parse("node 1"),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        1,
        new TreeMap<>(Map.of("stall", "50ms")));
  }

  @Test
  void countsThePlanFromTheStartOfTheTraffic() {
    story.time.runUntil(Duration.ofSeconds(3));

    story.with("kill", "node 1", "5s", "1s").run("60s");

    assertThat(story.cluster.log().get(0)).isEqualTo("8000 kill n1");
    assertThat(story.event(0, Phase.INJECT).timeNanos()).isEqualTo(8_000_000_000L);
  }

  @Test
  void saysWhenTheWholePlanIsOver() {
    Nemesis nemesis = story.with("kill", "node 1", "5s", "10s").nemesis();
    CompletionStage<Void> finished = nemesis.start();

    story.time.runUntil(Duration.ofSeconds(15));
    assertThat(finished.toCompletableFuture().isDone()).isFalse();
    story.time.runUntil(Duration.ofSeconds(16));
    assertThat(finished.toCompletableFuture().isDone()).isTrue();
  }

  @Test
  void provesAPauseByTheStateOfTheProcessAndByItsSilence() {
    story.with("pause", "node 2", "1s", "4s").run("60s");

    assertThat(story.cluster.log()).containsExactly("1000 pause n2", "5000 resume n2");
    assertThat(story.event(0, Phase.BIT).detail())
        .isEqualTo("n2: process 101 is stopped; PING: the answer to PING took longer than 500ms");
    assertThat(story.event(0, Phase.HEALED).detail())
        .isEqualTo("n2: process 101 runs and answers PING");
  }

  @Test
  void restartsInAnOrderlyWay() {
    story.with("restart", "node 4", "1s", "2s").run("60s");

    assertThat(story.cluster.log()).containsExactly("1000 stop n4", "3200 start n4");
    assertThat(story.event(0, Phase.HEALED).detail()).contains("process 106 runs");
  }

  @Test
  void strikesAllNodesOfAFaultAtOnce() {
    story.with("kill", "all-masters", "5s", "1s").run("60s");

    assertThat(story.cluster.log())
        .containsExactly(
            "5001 kill n1",
            "5001 kill n2",
            "5001 kill n3",
            "6201 start n1",
            "6201 start n2",
            "6201 start n3");
    assertThat(story.event(0, Phase.BIT).nodes()).containsExactly("n1", "n2", "n3");
  }

  @Test
  void callsAKillThatKillsNobodyAMiss() {
    story.cluster.makeImmortal("n1");

    story.with("kill", "node 1", "1s", "1s").run("60s");

    assertThat(story.event(0, Phase.MISSED).detail()).isEqualTo("n1: process 100 is RUNNING");
  }

  @Test
  void callsAPauseThatStopsNobodyAMiss() {
    story.cluster.makeUnstoppable("n1");

    story.with("pause", "node 1", "1s", "1s").run("60s");

    assertThat(story.event(0, Phase.MISSED).detail()).isEqualTo("n1: process 100 is RUNNING");
  }

  @Test
  void tellsHitsAndMissesOfOneFaultApart() {
    story.cluster.makeImmortal("n2");

    story.with("kill", "nodes 1,2", "1s", "1s").run("60s");

    assertThat(story.event(0, Phase.BIT).nodes()).containsExactly("n1");
    assertThat(story.event(0, Phase.MISSED).nodes()).containsExactly("n2");
  }

  @Test
  void missesWhenNobodyFitsTheSelector() {
    story.with("kill", "node 7", "1s", "1s").run("60s");

    assertThat(story.phases(0)).containsExactly(Phase.MISSED);
    assertThat(story.event(0, Phase.MISSED).detail()).isEqualTo("nobody is node 7 at the moment");
  }

  @Test
  void leavesOutWhatTheTargetCannotInjectAndSaysWhy() {
    story.cluster.lack("pause", "no permission to signal processes");

    story.with("pause", "node 1", "1s", "1s").with("kill", "node 2", "2s", "1s").run("60s");

    assertThat(story.event(0, Phase.SKIPPED).detail())
        .isEqualTo("no permission to signal processes");
    assertThat(story.phases(1)).contains(Phase.BIT, Phase.HEALED);
  }

  @Test
  void leavesOutWhatItDoesNotKnow() {
    story.with("meteorite", "node 1", "1s", "1s").run("60s");

    assertThat(story.event(0, Phase.SKIPPED).detail())
        .isEqualTo("this build knows no such kind of fault");
  }

  @Test
  void healsAtOnceWhatIsGoingOnAndLeavesOutWhatIsYetToCome() {
    Nemesis nemesis =
        story.with("kill", "node 1", "1s", "40s").with("pause", "node 2", "30s", "5s").run("10s");

    HealReport report = story.heal(nemesis);

    assertThat(report.complete()).isTrue();
    assertThat(story.cluster.log()).containsExactly("1000 kill n1", "10200 start n1");
    assertThat(story.phases(0)).containsExactly(Phase.INJECT, Phase.BIT, Phase.HEAL, Phase.HEALED);
    assertThat(story.event(1, Phase.SKIPPED).detail())
        .isEqualTo("the run ended before its time came");
    assertThat(story.phases(-1)).containsExactly(Phase.HEAL, Phase.HEALED);
  }

  @Test
  void healsAClusterThatItNeverTouched() {
    assertThat(story.heal(story.nemesis()).complete()).isTrue();
  }

  @Test
  void doesNotBeginAfterHealing() {
    Nemesis nemesis = story.with("kill", "node 1", "1s", "1s").nemesis();
    story.heal(nemesis);

    CompletionStage<Void> finished = nemesis.start();
    story.time.run(Duration.ofMinutes(1));

    assertThat(finished.toCompletableFuture().isDone()).isTrue();
    assertThat(story.cluster.log()).isEmpty();
  }

  @Test
  void healsOnceHoweverOftenItIsAsked() {
    Nemesis nemesis = story.with("kill", "node 1", "1s", "40s").run("10s");

    nemesis.heal();
    HealReport report = story.heal(nemesis);

    assertThat(report.complete()).isTrue();
    assertThat(story.phases(-1)).containsExactly(Phase.HEAL, Phase.HEALED);
  }

  @Test
  void startsANodeThatDiedOfItselfAndSaysSo() {
    Nemesis nemesis = story.with("pause", "node 1", "1s", "1s").run("10s");
    story.cluster.die("n5");

    HealReport report = story.heal(nemesis);

    assertThat(report.complete()).isTrue();
    assertThat(story.cluster.states()).doesNotContainValue(State.DEAD);
    assertThat(story.event(-1, Phase.HEALED).detail())
        .contains("n5: was found dead, which no fault wanted; process 106 runs and answers PING");
  }

  @Test
  void triesToStartUntilItSucceeds() {
    story.cluster.failStarts("n1", 3);

    story.with("kill", "node 1", "1s", "1s").run("60s");

    assertThat(story.cluster.log()).filteredOn(line -> line.contains("failing start")).hasSize(3);
    assertThat(story.phases(0)).endsWith(Phase.HEALED);
  }

  @Test
  void saysWhichNodeItCouldNotHealAndWhy() {
    story.cluster.failStarts("n1", Integer.MAX_VALUE);
    Nemesis nemesis = story.with("kill", "nodes 1,2", "1s", "1s").run("10s");

    HealReport report = story.heal(nemesis);

    assertThat(report.failures())
        .containsExactly(
            org.assertj.core.api.Assertions.entry(
                "n1", "was found dead, which no fault wanted; out of memory"));
    assertThat(story.event(0, Phase.HEAL_FAILED).nodes()).containsExactly("n1");
    assertThat(story.event(0, Phase.HEALED).nodes()).containsExactly("n2");
    assertThat(story.event(-1, Phase.HEAL_FAILED).nodes()).containsExactly("n1");
  }

  @Test
  void doesNotWaitForEverForAStartThatHasNoEnd() {
    story.cluster.hangStarts("n1");
    Nemesis nemesis = story.with("kill", "nodes 1,2", "1s", "1s").run("10s");

    HealReport report = story.heal(nemesis);

    assertThat(report.failures())
        .containsEntry(
            "n1", "was found dead, which no fault wanted; the start of n1 took longer than 60s")
        .hasSize(1);
  }

  @Test
  void healsTheOthersWhenNobodyCanTellWhatOneDoes() {
    Nemesis nemesis =
        story
            .with("kill", "node 2", "1s", "1s")
            .with("kill", "random-node", "3s", "1s")
            .with("kill", "node 1", "4s", "1s")
            .nemesis();
    story.cluster.makeUnknowable("n1");
    nemesis.start();
    story.time.run(Duration.ofSeconds(1));
    story.cluster.failStarts("n2", 2);
    story.time.run(Duration.ofSeconds(9));

    HealReport report = story.heal(nemesis);

    assertThat(report.failures().toString()).isEqualTo("{n1=no /proc here, and no ps}");
    assertThat(story.event(1, Phase.MISSED).detail()).isEqualTo("no /proc here, and no ps");
    assertThat(story.event(2, Phase.MISSED).detail()).isEqualTo("n1: no /proc here, and no ps");
    assertThat(story.cluster.states().get("n2")).isEqualTo(State.RUNNING);
  }

  @Test
  void healsThoughNothingCanBeWrittenDown() {
    story.to(
        event -> {
          throw new IllegalStateException("no space left on device");
        });
    Nemesis nemesis = story.with("kill", "node 1", "1s", "40s").run("10s");

    assertThat(story.heal(nemesis).complete()).isTrue();
    assertThat(story.cluster.states()).doesNotContainValue(State.DEAD);
  }

  @Test
  void healsAfterAnInjectorThatThrows() {
    Injector faulty =
        new Injector() {
          @Override
          public FaultKind kind() {
            return StandardFaults.catalogue().injector("kill").orElseThrow().kind();
          }

          @Override
          public CompletionStage<List<Effect>> inject(Injection injection) {
            injection.cluster().kill(injection.nodes().get(0));
            throw new IllegalStateException("out of order");
          }

          @Override
          public CompletionStage<List<Effect>> heal(Injection injection) {
            throw new IllegalStateException("still out of order");
          }
        };
    Nemesis nemesis =
        story.of(new FaultCatalogue(List.of(faulty))).with("kill", "node 1", "1s", "1s").run("10s");

    HealReport report = story.heal(nemesis);

    assertThat(story.event(0, Phase.MISSED).detail()).isEqualTo("out of order");
    assertThat(story.event(0, Phase.HEAL_FAILED).detail()).isEqualTo("still out of order");
    assertThat(report.complete()).isTrue();
    assertThat(story.cluster.states()).doesNotContainValue(State.DEAD);
  }

  @Test
  void recordsWhatTheSelectorMeant() {
    story.with("kill", "master-of(slot 6000)", "1s", "1s").run("60s");

    FaultEvent inject = story.event(0, Phase.INJECT);
    assertThat(inject.nodes()).containsExactly("n2");
    assertThat(inject.detail()).isEqualTo("kill master-of(slot 6000) at 1s for 1s");
    assertThat(inject.data().entries().get("on")).hasToString("\"master-of(slot 6000)\"");
  }
}
