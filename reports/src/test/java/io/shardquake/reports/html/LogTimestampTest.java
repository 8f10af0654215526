package io.shardquake.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogTimestampTest {
  private final LogTimestamp timestamp = new LogTimestamp(ZoneId.of("Europe/Berlin"));

  @Test
  void readsWhatRedisWritesInTheServersTimeZone() {
    assertThat(timestamp.of("4711:M 01 Mar 2026 03:30:12.345 * Ready to accept connections"))
        .contains(Instant.parse("2026-03-01T02:30:12.345Z"));
  }

  @Test
  void readsIsoTimes() {
    assertThat(timestamp.of("2026-03-01T02:30:12.345678Z INFO took over"))
        .contains(Instant.parse("2026-03-01T02:30:12.345678Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no time at all",
        "4711:M 99 Mar 2026 03:30:12.345 * a day that is none",
        "2026-13-01T02:30:12Z a month that is none",
        "at 2026-03-01T02:30:12Z, not at the beginning"
      })
  void takesNothingElseForATime(String line) {
    assertThat(timestamp.of(line)).isEmpty();
  }
}
