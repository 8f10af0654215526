package io.shardquake.harness.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SeedRangeTest {
  @Test
  void readsWhatIsWrittenOnTheCommandLine() {
    assertThat(SeedRange.parse("1-1000")).isEqualTo(new SeedRange(1, 1000));
    assertThat(SeedRange.parse("7-7").size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "9-1", "a-b", "-1-2", "1-", "1 2"})
  void refusesWhatIsNoRange(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> SeedRange.parse(text));
  }
}
