package io.shardquake.checkers.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.shardquake.checkers.history.Completion;
import io.shardquake.checkers.history.Recording;
import org.junit.jupiter.api.Test;

final class RunStatisticsTest {
  private static final long MS = 1_000_000;

  private final RunStatistics statistics =
      RunStatistics.of(
          new Recording()
              .op(0, "write", "a", 0, 10, "ok")
              .op(0, "write", "a", 20, 30, "fail:CLUSTERDOWN")
              .op(1, "read", "a", 25, 45, "ok", "n2")
              .op(0, "write", "a", 50, 70, "fail:CLUSTERDOWN")
              .op(1, "read", "a", 60, 1060, "info:timeout", "n2")
              .open(2, "read", "a", 80)
              .history());

  @Test
  void countsPerFunctionAndOutcome() {
    assertThat(statistics.functions())
        .extracting(
            FunctionStatistics::function,
            FunctionStatistics::ok,
            FunctionStatistics::fail,
            FunctionStatistics::info)
        .containsExactly(tuple("read", 1L, 0L, 2L), tuple("write", 1L, 2L, 0L));
    assertThat(statistics.attempted()).isEqualTo(6);
  }

  @Test
  void listsErrorsMostFrequentFirstWithTheirTimes() {
    assertThat(statistics.errors())
        .containsExactly(
            new ErrorStatistics("CLUSTERDOWN", Completion.Type.FAIL, 2, 30 * MS, 70 * MS),
            new ErrorStatistics(
                ErrorStatistics.NO_COMPLETION, Completion.Type.INFO, 1, 80 * MS, 80 * MS),
            new ErrorStatistics("timeout", Completion.Type.INFO, 1, 1060 * MS, 1060 * MS));
  }

  @Test
  void measuresLatencyOfWhatHappenedOnly() {
    assertThat(statistics.latency().count()).isEqualTo(2);
    assertThat((double) statistics.latency().max()).isCloseTo(20 * MS, within(0.001 * 20 * MS));
    assertThat((double) statistics.latency().p50()).isCloseTo(10 * MS, within(0.001 * 10 * MS));
  }

  @Test
  void countsWhichNodeServedAndWhoWasRedirected() {
    assertThat(statistics.served()).containsExactly(entry("n1", 1L), entry("n2", 1L));
    assertThat(statistics.redirected()).isEqualTo(2);
  }

  @Test
  void ratesSpanFromTheFirstToTheLastEvent() {
    assertThat(statistics.okPerSecond()).isCloseTo(2 / 1.06, within(0.001));
  }

  @Test
  void hasNothingToSayAboutAnEmptyHistory() {
    RunStatistics nothing = RunStatistics.of(new Recording().history());
    assertThat(nothing.attempted()).isZero();
    assertThat(nothing.latency()).isEqualTo(Latency.NONE);
    assertThat(nothing.okPerSecond()).isZero();
  }
}
