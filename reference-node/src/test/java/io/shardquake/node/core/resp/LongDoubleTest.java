package io.shardquake.node.core.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums as redis-server 7.0.15 gives them. */
final class LongDoubleTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @CsvSource({
    "10000000000, 0.1, 10000000000.09999999962747097",
    "0.1, 0.2, 0.3",
    "5.0e3, 200, 5200",
    "3, -3, 0",
    "0x10, 1, 17",
    "0, -1e-20, 0",
    "1e-3, 1e-3, 0.002",
    "1, 1e-30, 1"
  })
  void addsWithSixtyFourSignificantBits(String one, String other, String sum) {
    LongDouble total =
        LongDouble.parse(bytes(one))
            .flatMap(a -> LongDouble.parse(bytes(other)).flatMap(a::plus))
            .orElseThrow();
    assertThat(total.format()).isEqualTo(sum);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " 1", "1 ", "nan", "inf", "1e5000", "1x", "--1", "."})
  void refusesWhatIsNoFiniteNumber(String text) {
    assertThat(LongDouble.parse(bytes(text))).isEmpty();
  }
}
