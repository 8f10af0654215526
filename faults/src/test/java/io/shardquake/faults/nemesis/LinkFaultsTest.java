package io.shardquake.faults.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.Selector;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LinkFaultsTest {
  private final Story story = new Story();

  private static Fault fault(String kind, String on) {
    return Fault.of(kind, Selector.parse(on), Duration.ofSeconds(1), Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "partition",
        "delay",
        "bandwidth",
        "flap",
        "reset-connections",
        "slow-close",
        "duplicate-connections",
        "corrupt-bus"
      })
  void bitesWhereTheProxyCountsAndHealsWhenItsTimeIsOver(String kind) {
    story.with(fault(kind, "node 1")).run("3s");
    assertThat(story.phases(0)).containsExactly(Phase.INJECT, Phase.BIT);
    assertThat(story.cluster.fakeNetwork().isImpaired()).isTrue();

    story.time.run(Duration.ofSeconds(10));
    assertThat(story.event(0, Phase.HEALED).detail())
        .startsWith("n1: the links carry again; in all ")
        .endsWith("; nobody suspected it");
    assertThat(story.cluster.fakeNetwork().isImpaired()).isFalse();
  }

  @Test
  void isAMissWhereNobodySaysAnything() {
    story.cluster.fakeNetwork().fallSilent();
    story.with(fault("partition", "node 1")).run("20s");

    assertThat(story.event(0, Phase.MISSED).detail())
        .isEqualTo("n1: no pieces and connections were held back");
    assertThat(story.event(0, Phase.HEALED).nodes()).containsExactly("n1");
  }

  @Test
  void isAMissWhereAShapeCutsNothing() {
    story.with(fault("partition", "every-node").with("planes", "bus")).run("20s");

    assertThat(story.phases(0))
        .containsExactly(Phase.INJECT, Phase.MISSED, Phase.HEAL, Phase.HEALED);
  }

  @Test
  void sparesTheBridgeButNotThoseAtItsEnds() {
    story.with(fault("partition", "every-node").with("shape", "bridge")).run("20s");

    assertThat(story.event(0, Phase.BIT).detail())
        .contains(": is spared by the shape")
        .contains("pieces and connections were held back");
  }

  @Test
  void endsWithTheRun() {
    Nemesis nemesis = story.with(fault("flap", "all-masters").with("shape", "scattered")).run("2s");
    story.heal(nemesis);

    assertThat(story.phases(0)).containsExactly(Phase.INJECT, Phase.BIT, Phase.HEAL, Phase.HEALED);
    assertThat(story.cluster.fakeNetwork().isImpaired()).isFalse();
  }

  @Test
  void outlivesAnotherOfTheSameLinks() {
    story
        .with(fault("partition", "node 1"))
        .with(
            Fault.of(
                "delay", Selector.parse("node 1"), Duration.ofSeconds(2), Duration.ofSeconds(9)))
        .run("6s");

    assertThat(story.phases(0)).endsWith(Phase.HEALED);
    assertThat(story.cluster.fakeNetwork().isImpaired()).isTrue();
  }
}
