package io.shardquake.node.core.rdb;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class Crc64Test {
  @Test
  void givesTheCheckValueOfJones() {
    assertThat(Crc64.of(Samples.bytes("123456789"), 9)).isEqualTo(0xE9C6D914C4B8D9CAL);
  }

  @Property(tries = 200)
  void isTheSameHoweverTheBytesAreCut(
      @ForAll @Size(max = 100) byte[] bytes, @ForAll @IntRange(max = 100) int cut) {
    Crc64 crc = new Crc64();
    int at = Math.min(cut, bytes.length);
    crc.update(bytes, 0, at);
    crc.update(bytes, at, bytes.length);
    assertThat(crc.value()).isEqualTo(Crc64.of(bytes, bytes.length));
  }
}
