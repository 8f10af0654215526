package io.shardquake.faults.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void describesItselfInOneLine() {
    Fault fault = Fault.of("kill", Selector.parse("random-master"), SECOND, SECOND.dividedBy(4));

    assertThat(fault.with("signal", "9").describe())
        .isEqualTo("kill random-master at 1s for 250ms signal=9");
  }

  @Test
  void happensAtATimeThatExists() {
    Selector on = Selector.parse("node 1");

    assertThatThrownBy(() -> Fault.of("kill", on, SECOND.negated(), SECOND))
        .hasMessage("'at' must lie between 0s and 1000000h, not PT-1S");
    assertThatThrownBy(() -> Fault.of("kill", on, SECOND, Duration.ofDays(100_000)))
        .hasMessageStartingWith("'for' must lie between 0s and 1000000h");
    assertThatThrownBy(() -> Fault.of("Kill!", on, SECOND, SECOND))
        .hasMessageStartingWith("not a kind of fault: 'Kill!'");
  }

  @Property
  void readsTimesAsItWritesThem(@ForAll @LongRange(min = 0) long nanos) {
    Duration time = Duration.ofNanos(nanos % DurationText.LONGEST.toNanos());

    assertThat(DurationText.parse(DurationText.print(time))).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({"1.5s, 1500ms", "2 m, 120s", "0.001ms, 1us", "1h, 3600s", "0s, 0s", "90us, 90us"})
  void readsTimesAsPeopleWriteThem(String written, String printed) {
    assertThat(DurationText.print(DurationText.parse(written))).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5 minutes", "-1s", "1e3s", "0.1ns", "1000001h", "s"})
  void refusesWhatIsNoLengthOfTime(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }
}
