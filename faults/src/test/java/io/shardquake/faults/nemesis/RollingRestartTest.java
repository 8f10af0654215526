package io.shardquake.faults.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import org.junit.jupiter.api.Test;

final class RollingRestartTest {
  private final Story story = new Story();

  @Test
  void restartsTheNextOnlyWhenTheOneBeforeIsBack() {
    story.with("rolling-restart", "nodes 1,2,3", "1s", "500ms").run("60s");

    assertThat(story.cluster.log().stream().map(line -> line.substring(line.indexOf(' ') + 1)))
        .containsExactly("stop n1", "start n1", "stop n2", "start n2", "stop n3", "start n3");
    assertThat(story.event(0, Phase.BIT).nodes()).containsExactly("n1", "n2", "n3");
    assertThat(story.event(0, Phase.BIT).detail())
        .contains("n1: process 100 is gone")
        .contains("process 106 runs and answers PING; all 6 nodes linked and in step");
    assertThat(story.phases(0)).containsExactly(Phase.INJECT, Phase.BIT, Phase.HEAL, Phase.HEALED);
  }

  @Test
  void leavesTheRestAloneWhenOneDoesNotComeBack() {
    story.cluster.failStarts("n2", Integer.MAX_VALUE);

    story.with("rolling-restart", "nodes 1,2,3", "1s", "500ms").run("5m");

    assertThat(story.event(0, Phase.BIT).nodes()).containsExactly("n1");
    assertThat(story.event(0, Phase.MISSED).detail())
        .isEqualTo("n2: out of memory; n3: left alone, as one before it is not well");
    assertThat(story.cluster.log()).noneMatch(line -> line.endsWith("stop n3"));
  }

  @Test
  void leavesTheRestAloneWhenReplicationDoesNotComeBack() {
    story.cluster.putOutOfStep("n4");

    story.with("rolling-restart", "nodes 1,2", "1s", "500ms").run("5m");

    assertThat(story.event(0, Phase.MISSED).detail())
        .startsWith("n1: n4 is not in step with its master");
    assertThat(story.cluster.log()).noneMatch(line -> line.endsWith("stop n2"));
  }

  @Test
  void doesNotWaitForNodesThatAnotherFaultKeepsAway() {
    story
        .with("kill", "node 6", "0s", "55s")
        .with("rolling-restart", "nodes 1,2", "1s", "500ms")
        .run("60s");

    assertThat(story.event(1, Phase.BIT).nodes()).containsExactly("n1", "n2");
  }

  @Test
  void stopsRollingWhenTheRunEnds() {
    Nemesis nemesis = story.with("rolling-restart", "every-node", "1s", "30s").run("10s");

    assertThat(story.heal(nemesis).complete()).isTrue();
    assertThat(story.cluster.log()).hasSize(2).last().asString().endsWith("start n1");
    assertThat(story.event(0, Phase.MISSED).detail()).contains("n2: the run ended before its turn");
  }
}
