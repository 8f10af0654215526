package io.shardquake.checkers.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.Validity;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.faultlog.FaultLog;
import io.shardquake.checkers.history.Recording;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.TopologyScript;
import org.junit.jupiter.api.Test;

final class StatisticsCheckerTest {
  private static Verdict check(Recording recording) {
    TopologyScript script =
        new TopologyScript()
            .says(0, "n1", "n1 m1 0-8000")
            .says(0, "n2", "n2 m2 8001-16383")
            .says(250, "n1", "n1 m1 0-8000", "n2 m2 8001-16383")
            .says(500, "n1", "n2 m3 0-16383");
    return new StatisticsChecker()
        .check(new Evidence(recording.history(), script.log(), FaultLog.EMPTY), Limits.DEFAULT);
  }

  @Test
  void isValidOnceAnythingSucceeded() {
    Verdict verdict =
        check(
            new Recording()
                .op(0, "read", "foo", 0, 500, "fail:CLUSTERDOWN")
                .op(0, "read", "foo", 600, 1000, "ok"));
    assertThat(verdict.validity()).isEqualTo(Validity.VALID);
    assertThat(verdict.reason()).isEqualTo("1 of 2 operations succeeded, 1 a second");
  }

  @Test
  void isUnknownWhenNothingSucceeded() {
    Verdict verdict = check(new Recording().op(0, "read", "foo", 0, 500, "fail:CLUSTERDOWN"));
    assertThat(verdict.validity()).isEqualTo(Validity.UNKNOWN);
    assertThat(verdict.reason()).isEqualTo("none of 1 operations succeeded");
  }

  @Test
  void isUnknownWhenNothingWasTried() {
    assertThat(check(new Recording()).reason()).isEqualTo("no operation was recorded");
  }

  @Test
  void namesAShardAfterItsFirstOwnerWhoeverServesItLater() {
    Verdict verdict =
        check(
            new Recording()
                .op(0, "read", "foo", 0, 500, "ok")
                .op(1, "read", "bar", 600, 700, "ok"));
    Value.Sequence windows =
        (Value.Sequence) verdict.statistics().entries().get("longestUnavailable");
    assertThat(windows.items())
        .extracting(w -> ((Value.Mapping) w).entries().get("shard"))
        .containsExactly(Value.of("n1"), Value.of("n2"));
  }

  @Test
  void tellsEveryFigureAsData() {
    Verdict verdict =
        check(
            new Recording()
                .op(0, "read", "foo", 0, 500, "fail:CLUSTERDOWN")
                .op(0, "read", "foo", 600, 1000, "ok"));
    assertThat(verdict.statistics().entries().keySet())
        .containsExactly(
            "attempted",
            "ok",
            "fail",
            "info",
            "okPerSecond",
            "redirected",
            "latencyNanos",
            "functions",
            "errors",
            "served",
            "longestUnavailable");
  }
}
