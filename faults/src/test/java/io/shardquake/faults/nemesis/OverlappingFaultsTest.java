package io.shardquake.faults.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.faults.NodeStatus.State;
import org.junit.jupiter.api.Test;

final class OverlappingFaultsTest {
  private final Story story = new Story();

  @Test
  void keepsANodeDownUntilTheLastKillOfItEnds() {
    story.with("kill", "node 1", "1s", "4s").with("kill", "node 1", "3s", "10s").run("60s");

    assertThat(story.cluster.log()).containsExactly("1000 kill n1", "13200 start n1");
    assertThat(story.event(0, Phase.HEALED).detail())
        .isEqualTo("n1: left down, as fault 1 wants it");
    assertThat(story.event(1, Phase.MISSED).detail())
        .isEqualTo("n1: had no process to end; is kept down");
    assertThat(story.event(1, Phase.HEALED).detail()).contains("runs and answers PING");
  }

  @Test
  void keepsANodePausedUntilTheLastPauseOfItEnds() {
    story.with("pause", "node 1", "1s", "4s").with("pause", "node 1", "3s", "10s").run("60s");

    assertThat(story.cluster.log()).containsExactly("1000 pause n1", "13000 resume n1");
    assertThat(story.event(0, Phase.HEALED).detail())
        .isEqualTo("n1: left paused, as fault 1 wants it");
    assertThat(story.phases(1)).contains(Phase.BIT);
  }

  @Test
  void killsAPausedNodeWhichComesBackUnpaused() {
    story.with("pause", "node 1", "1s", "20s").with("kill", "node 1", "3s", "2s").run("60s");

    assertThat(story.cluster.log())
        .containsExactly("1000 pause n1", "3000 kill n1", "5200 start n1");
    assertThat(story.phases(1)).containsExactly(Phase.INJECT, Phase.BIT, Phase.HEAL, Phase.HEALED);
    assertThat(story.event(0, Phase.HEALED).detail()).contains("runs and answers PING");
  }

  @Test
  void findsNothingWrongInTheEndOfAPauseOfADeadNode() {
    story.with("pause", "node 1", "1s", "4s").with("kill", "node 1", "3s", "20s").run("60s");

    assertThat(story.event(0, Phase.HEALED).detail())
        .isEqualTo("n1: left down, as fault 1 wants it");
    assertThat(story.cluster.log())
        .containsExactly("1000 pause n1", "3000 kill n1", "23200 start n1");
  }

  @Test
  void missesThePauseOfADeadNode() {
    story.with("kill", "node 1", "1s", "10s").with("pause", "node 1", "3s", "2s").run("60s");

    assertThat(story.event(1, Phase.MISSED).detail()).isEqualTo("n1: had no process to pause");
    assertThat(story.event(1, Phase.HEALED).detail())
        .isEqualTo("n1: left down, as fault 0 wants it");
  }

  @Test
  void doesNotAskAPausedNodeToEndInOrder() {
    story.with("pause", "node 1", "1s", "10s").with("restart", "node 1", "3s", "2s").run("60s");

    assertThat(story.event(1, Phase.MISSED).detail())
        .isEqualTo("n1: process 100 is paused and cannot end in an orderly way");
    assertThat(story.cluster.log()).containsExactly("1000 pause n1", "11000 resume n1");
  }

  @Test
  void killsANodeThatIsJustStartingAsSoonAsItHasStarted() {
    story.with("kill", "node 1", "1s", "1s").with("kill", "node 1", "2100ms", "1s").run("60s");

    assertThat(story.cluster.log())
        .containsExactly("1000 kill n1", "2200 start n1", "2200 kill n1", "3300 start n1");
  }

  @Test
  void healsFaultsThatOverlap() {
    Nemesis nemesis =
        story
            .with("pause", "nodes 1,2", "1s", "50s")
            .with("kill", "node 1", "2s", "50s")
            .with("kill", "node 1", "3s", "50s")
            .run("10s");

    assertThat(story.heal(nemesis).complete()).isTrue();
    assertThat(story.cluster.states()).doesNotContainValue(State.DEAD);
    assertThat(story.cluster.states()).doesNotContainValue(State.PAUSED);
  }
}
