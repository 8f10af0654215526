package io.shardquake.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ByteSizeConverterTest {
  @ParameterizedTest
  @CsvSource({"1,1", "2k,2048", "512m,536870912", "2g,2147483648", "2GB,2147483648"})
  void readsAmounts(String text, long bytes) {
    assertThat(new ByteSizeConverter().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0g", "-1m", "1.5g", "lots", "1t", "99999999999g"})
  void refusesWhatIsNoAmount(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new ByteSizeConverter().convert(text))
        .withMessageContaining("write 512m or 2g");
  }
}
