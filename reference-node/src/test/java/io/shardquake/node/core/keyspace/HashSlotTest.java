package io.shardquake.node.core.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HashSlotTest {
  @ParameterizedTest
  @CsvSource({
    "a, 15495",
    "{a}, 15495",
    "b, 3300",
    "{b}1, 3300",
    "foo, 12182",
    "bar, 5061",
    "foo{bar}{zap}, 5061",
    "hello, 866",
    "123456789, 12739",
    "{}x, 10595",
    "foo{}{bar}, 8363",
    "foo{{bar}}zap, 4015",
    "{user1000}.following, 3443",
    "a{b, 13340",
  })
  void hashesTheTagOrElseTheKey(String key, int slot) {
    assertThat(HashSlot.of(key.getBytes(StandardCharsets.UTF_8))).isEqualTo(slot);
  }

  @Test
  void usesCrc16Xmodem() {
    byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertThat(HashSlot.crc16(check, 0, check.length)).isEqualTo(0x31C3);
    assertThat(HashSlot.of(new byte[0])).isZero();
  }
}
