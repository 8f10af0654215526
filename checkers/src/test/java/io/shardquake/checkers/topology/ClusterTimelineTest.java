package io.shardquake.checkers.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ClusterTimelineTest {
  private static final long MS = 1_000_000;

  @Test
  void drawsEqualSamplesTogether() {
    ClusterTimeline timeline =
        ClusterTimeline.of(
            new TopologyScript()
                .says(0, "n1", "n1 m1 0-16383")
                .says(250, "n1", "n1 m1 0-16383")
                .says(500, "n1", "n1 m2 0-16383")
                .says(750, "n1", "n1 m2 0-16383")
                .log());
    assertThat(timeline.of("n1"))
        .extracting(ViewPeriod::fromNanos, ViewPeriod::lastNanos, ViewPeriod::untilNanos)
        .containsExactly(tuple(0L, 250 * MS, 500 * MS), tuple(500 * MS, 750 * MS, 750 * MS));
  }

  @Test
  void keepsSilenceAndUnreadableAnswersAsPeriodsWithoutAView() {
    TopologyLog log =
        new TopologyLog(
            List.of(
                new TopologySample(0, "n1", "", "", "connection refused"),
                new TopologySample(MS, "n1", "rubbish", "cluster_state:ok", "")));
    assertThat(ClusterTimeline.of(log).of("n1"))
        .allSatisfy(period -> assertThat(period.view()).isEmpty())
        .extracting(ViewPeriod::silence)
        .satisfiesExactly(
            silence -> assertThat(silence).isEqualTo("connection refused"),
            silence -> assertThat(silence).startsWith("unreadable answer: line 1"));
  }

  @Test
  void ordersObserversAsPeopleCount() {
    TopologyScript script = new TopologyScript();
    for (String name : List.of("n10", "n2", "a1", "n1x", "n1")) {
      script.silent(0, name);
    }
    assertThat(ClusterTimeline.of(script.log()).observers())
        .containsExactly("a1", "n1", "n2", "n10", "n1x");
  }

  @Test
  void knowsNodesByTheNameUnderWhichTheyWereAsked() {
    ClusterTimeline timeline =
        ClusterTimeline.of(new TopologyScript().says(0, "n1", "n1 m1 0-99", "n2 m2 100-199").log());
    assertThat(timeline.nameOf(TopologyScript.id("n1"))).isEqualTo("n1");
    assertThat(timeline.nameOf(TopologyScript.id("n2"))).isEqualTo("n2000000");
  }

  @Test
  void findsThePeriodOfATime() {
    ClusterTimeline timeline =
        ClusterTimeline.of(
            new TopologyScript()
                .says(100, "n1", "n1 m1 0-16383")
                .says(200, "n1", "n1 m2 0-16383")
                .log());
    assertThat(timeline.at("n1", 99 * MS)).isEmpty();
    assertThat(timeline.at("n1", 100 * MS)).contains(timeline.of("n1").get(0));
    assertThat(timeline.at("n1", 199 * MS)).contains(timeline.of("n1").get(0));
    assertThat(timeline.at("n1", 900 * MS)).contains(timeline.of("n1").get(1));
  }

  @Test
  void refusesToTellOfANodeThatWasNeverAsked() {
    assertThatThrownBy(() -> ClusterTimeline.of(TopologyLog.EMPTY).of("n9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("n9 was never sampled");
  }
}
