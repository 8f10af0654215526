package io.shardquake.checkers.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class KeySlotTest {
  @Test
  void givesTheSpecificationsCheckValue() {
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertThat(KeySlot.crc16(digits, 0, digits.length)).isEqualTo(0x31c3);
    assertThat(KeySlot.of(digits)).isEqualTo(0x31c3 % 16384);
  }

  @Test
  void agreesWithClusterKeyslotOfARealServer() {
    assertThat(KeySlot.of("foo")).isEqualTo(12182);
    assertThat(KeySlot.of("bar")).isEqualTo(5061);
    assertThat(KeySlot.of("")).isZero();
  }

  @Test
  void hashesTheTagOnly() {
    assertThat(KeySlot.of("{user1000}.following"))
        .isEqualTo(KeySlot.of("{user1000}.followers"))
        .isEqualTo(KeySlot.of("user1000"));
  }

  @Test
  void hashesTheWholeKeyIfTheFirstTagIsEmpty() {
    assertThat(KeySlot.of("foo{}{bar}")).isEqualTo(whole("foo{}{bar}"));
    assertThat(KeySlot.of("{}bar")).isEqualTo(whole("{}bar"));
  }

  @Test
  void takesTheFirstOpeningAndTheFirstClosingBrace() {
    assertThat(KeySlot.of("foo{{bar}}zap")).isEqualTo(KeySlot.of("{bar"));
    assertThat(KeySlot.of("foo{bar}{zap}")).isEqualTo(KeySlot.of("bar"));
    assertThat(KeySlot.of("a}b{c}d")).isEqualTo(KeySlot.of("c"));
  }

  @Test
  void hashesTheWholeKeyIfTheTagIsNotClosed() {
    assertThat(KeySlot.of("foo{bar")).isEqualTo(whole("foo{bar"));
  }

  @Property
  void equalsTheBitwiseDefinition(@ForAll byte[] bytes) {
    int crc = 0;
    for (byte b : bytes) {
      crc ^= (b & 0xff) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = ((crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ 0x1021) & 0xffff;
      }
    }
    assertThat(KeySlot.crc16(bytes, 0, bytes.length)).isEqualTo(crc);
  }

  @Property
  void staysWithinTheSlotsForBinaryKeys(@ForAll byte[] key) {
    assertThat(KeySlot.of(key)).isBetween(0, 16383);
  }

  @Property
  void ignoresWhatSurroundsATag(
      @ForAll String tag, @ForAll @StringLength(max = 20) String before, @ForAll String after) {
    String plainTag = "t" + tag.replace("{", "").replace("}", "");
    String plainBefore = before.replace("{", "");
    assertThat(KeySlot.of(plainBefore + "{" + plainTag + "}" + after))
        .isEqualTo(KeySlot.of(plainTag));
  }

  private static int whole(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return KeySlot.crc16(bytes, 0, bytes.length) % SlotRange.SLOTS;
  }
}
