package io.shardquake.node.core.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StrtodTest {
  @ParameterizedTest
  @CsvSource({
    "12, 12, 2",
    "-1.5x, -1.5, 4",
    "'  7', 7, 3",
    "1e3, 1000, 3",
    "1e, 1, 1",
    ".5, 0.5, 2",
    "5., 5, 2",
    "0x1p3, 8, 5",
    "0x, 0, 1",
    "-infinity, -Infinity, 9",
    "INFx, Infinity, 3",
    "x, 0, 0",
    "'', 0, 0",
    "+, 0, 0",
    "123456789012345678, 123456789012345680, 18"
  })
  void readsTheNumberAtTheBeginning(String text, double value, int length) {
    Strtod read = Strtod.read(text.getBytes(StandardCharsets.US_ASCII));
    assertThat(read.value()).isEqualTo(value);
    assertThat(read.length()).isEqualTo(length);
    assertThat(read.outOfRange()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1e400", "-1e400", "1e-400", "0x1p-2000"})
  void saysWhatADoubleCannotHold(String text) {
    assertThat(Strtod.read(text.getBytes(StandardCharsets.US_ASCII)).outOfRange()).isTrue();
  }
}
