package io.shardquake.node.core.resp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RealNumberTest {
  @ParameterizedTest
  @CsvSource({
    "0.1, 0.10000000000000001",
    "1e20, 1e+20",
    "1e-7, 9.9999999999999995e-08",
    "3, 3",
    "-0.0, -0",
    "1.5, 1.5",
    "123456789012345678, 1.2345678901234568e+17",
    "12345678901234567, 12345678901234568",
    "Infinity, inf",
    "-Infinity, -inf",
    "0.0001, 0.0001",
    "0.00001, 1.0000000000000001e-05",
  })
  void printsAsCDoes(double value, String text) {
    assertThat(RealNumber.format(value)).isEqualTo(text);
  }

  @Property
  void isReadBackAsTheSameNumber(@ForAll double value) {
    assertThat(Double.parseDouble(RealNumber.format(value))).isEqualTo(value);
  }
}
