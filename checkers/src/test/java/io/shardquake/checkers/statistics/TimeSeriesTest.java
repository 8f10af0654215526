package io.shardquake.checkers.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.checkers.history.Recording;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class TimeSeriesTest {
  @Test
  void countsAnOperationWhereItCompleted() {
    TimeSeries series =
        TimeSeries.of(
            new Recording()
                .op(0, "read", "a", 0, 1, "ok")
                .op(0, "read", "a", 90, 250, "ok")
                .op(0, "read", "a", 260, 270, "fail:x")
                .open(1, "read", "a", 30)
                .history(),
            5);
    assertThat(series.intervalNanos()).isEqualTo(100_000_000);
    assertThat(series.intervals()).extracting(TimeSeries.Interval::ok).containsExactly(1L, 0L, 1L);
    assertThat(series.intervals())
        .extracting(TimeSeries.Interval::fail)
        .containsExactly(0L, 0L, 1L);
    assertThat(series.intervals())
        .extracting(TimeSeries.Interval::info)
        .containsExactly(1L, 0L, 0L);
    assertThat(series.intervals().get(1)).isEqualTo(TimeSeries.Interval.EMPTY);
  }

  @Test
  void isEmptyForAnEmptyHistory() {
    assertThat(TimeSeries.of(new Recording().history(), 10).intervals()).isEmpty();
  }

  @Test
  void refusesToDivideIntoNothing() {
    assertThatThrownBy(() -> TimeSeries.of(new Recording().history(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one interval");
  }

  @Property(tries = 200)
  void losesNoOperationAndKeepsTheBound(
      @ForAll @Size(max = 50) List<@LongRange(min = 0, max = 200_000) Long> ends,
      @ForAll @IntRange(min = 1, max = 100) int most) {
    Recording recording = new Recording();
    for (int i = 0; i < ends.size(); i++) {
      recording.op(i, "read", "a", ends.get(i) / 2, ends.get(i), "ok");
    }
    TimeSeries series = TimeSeries.of(recording.history(), most);
    assertThat(series.intervals()).hasSizeLessThanOrEqualTo(most);
    assertThat(series.intervals().stream().mapToLong(TimeSeries.Interval::ok).sum())
        .isEqualTo(ends.size());
  }
}
