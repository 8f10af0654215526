package io.shardquake.checkers.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Recording;
import io.shardquake.checkers.history.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AvailabilityTest {
  private static final long MS = 1_000_000;

  private static List<UnavailableWindow> longest(Recording recording) {
    return availability(recording.history()).longestPerShard();
  }

  private static Availability availability(History history) {
    return Availability.of(
        history, row -> ((Value.Text) history.keyValue(history.key(row))).value(), 100 * MS);
  }

  @Test
  void countsFromTheFirstAttemptThatFailsWhenNothingWasOpen() {
    Recording recording =
        new Recording()
            .op(0, "read", "a", 0, 10, "ok")
            .op(0, "read", "a", 1000, 1100, "fail:CLUSTERDOWN")
            .op(0, "read", "a", 1200, 1300, "fail:CLUSTERDOWN")
            .op(0, "read", "a", 1400, 1410, "ok");
    assertThat(longest(recording))
        .containsExactly(new UnavailableWindow("a", 1000 * MS, 1410 * MS, 3, true));
  }

  @Test
  void countsFromTheLastOkWhenAnotherAttemptWasOpenAtThatTime() {
    Recording recording =
        new Recording()
            .op(0, "read", "a", 0, 10, "ok")
            .op(1, "read", "a", 5, 1005, "info:timeout")
            .op(0, "read", "a", 1200, 1210, "ok");
    assertThat(longest(recording))
        .containsExactly(new UnavailableWindow("a", 10 * MS, 1210 * MS, 2, true));
  }

  @Test
  void doesNotCountTimeInWhichNobodyAsked() {
    Recording recording =
        new Recording().op(0, "read", "a", 0, 10, "ok").op(0, "read", "a", 60_000, 60_020, "ok");
    assertThat(longest(recording))
        .containsExactly(new UnavailableWindow("a", 60_000 * MS, 60_020 * MS, 1, true));
  }

  @Test
  void takesAFailedComparisonForAnAnswer() {
    Recording recording =
        new Recording()
            .op(0, "cas", "a", 0, 10, "fail:cas-mismatch")
            .op(0, "cas", "a", 1000, 1010, "fail:cas-conflict")
            .op(0, "cas", "a", 2000, 2005, "ok");
    assertThat(longest(recording))
        .extracting(UnavailableWindow::durationNanos)
        .containsExactly(10 * MS);
  }

  @Test
  void keepsShardsApart() {
    Recording recording =
        new Recording()
            .op(0, "read", "a", 0, 500, "fail:timeout")
            .op(1, "read", "b", 0, 10, "ok")
            .op(0, "read", "a", 600, 610, "ok");
    assertThat(longest(recording))
        .extracting(UnavailableWindow::shard, UnavailableWindow::durationNanos)
        .containsExactly(tuple("a", 610 * MS), tuple("b", 10 * MS));
  }

  @Test
  void runsToTheEndOfTheHistoryWhenNoOkFollows() {
    Recording recording =
        new Recording()
            .op(0, "read", "a", 0, 10, "ok")
            .open(0, "read", "a", 20)
            .op(1, "read", "a", 30, 900, "fail:timeout");
    assertThat(longest(recording))
        .containsExactly(new UnavailableWindow("a", 20 * MS, 900 * MS, 2, false));
  }

  @Test
  void listsEveryWindowThatIsLongEnough() {
    Recording recording =
        new Recording()
            .op(0, "read", "a", 0, 200, "ok")
            .op(0, "read", "a", 300, 310, "ok")
            .op(0, "read", "a", 400, 550, "ok");
    assertThat(availability(recording.history()).windows())
        .extracting(UnavailableWindow::durationNanos)
        .containsExactly(200 * MS, 150 * MS);
  }

  @Test
  void isEmptyForAnEmptyHistory() {
    assertThat(availability(new Recording().history()).windows()).isEmpty();
  }
}
