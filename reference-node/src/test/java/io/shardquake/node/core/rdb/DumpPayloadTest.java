package io.shardquake.node.core.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payloads as Redis 7.0.15 writes them, and as it must not find them. */
final class DumpPayloadTest {
  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0001760a009108ceb219388ace | string[v]",
        "00000a005d9b5c400f7fa2da | string[]",
        "00c00c0a003c2af8515c04bcd5 | string[12]",
        "00c17fff0a001760822854808480 | string[-129]",
        "00c2701101000a0001a408fe953095a5 | string[70000]",
        "000a323134373438333634380a00e7b129a34c1d76ee | string[2147483648]",
        "0b0e0200000003000000fdff010002000a00d1b78ed9bc07c27f | set[-3, 1, 2]",
        "0b10040000000200000001000000701101000a002735436efd6656c4 | set[1, 70000]",
        "0b180800000002000000010000000000000000f2052a010000000a0054f5a26ae707b5fc"
            + " | set[1, 5000000000]",
        "0202c00101610a00b064e3d36cb07eb6 | set[1, a]",
        "1014140000000400816602817602816e02f1393003ff0a00295e989381be5650 | hash[f=v, n=12345]",
        "0401016601760a00adf24356b1860efc | hash[f=v]",
        "111414000000040081610283312e35048162020201ff0a00fa02b425af188763 | zset[a@1.5, b@2.0]",
        "0503016200000000000000400161000000000000f83f0163000000000000f0ff0a0071650286e46a3ac7"
            + " | zset[c@-Infinity, a@1.5, b@2.0]",
        "12010232320000000a0081610282626203dfff027f01c08002d00002f1001003f2409c0004f37f96980005f4"
            + "005ed0b20000000009ff0a00bed701494e651f4f"
            + " | list[a, bb, -1, 127, 128, -4096, 4096, 40000, 9999999, 3000000000]"
      })
  void readsWhatRedisWrites(String payload, String content) throws CorruptRdb {
    assertThat(DumpPayload.isIntact(hex(payload))).isTrue();
    assertThat(Samples.describe(DumpPayload.read(hex(payload), Samples.LIMITS))).isEqualTo(content);
  }

  @Test
  void expandsCompressedStrings() throws CorruptRdb {
    byte[] payload = hex("00c3094064016161e057000161610a00e8a3b507b06df271");
    assertThat(Samples.describe(DumpPayload.read(payload, Samples.LIMITS)))
        .isEqualTo("string[" + "a".repeat(100) + "]");
  }

  @Test
  void writesStringsByteForByteAsRedisDoes() {
    assertThat(DumpPayload.of(new io.shardquake.node.core.value.StringValue(Samples.bytes("v"))))
        .isEqualTo(hex("0001760a009108ceb219388ace"));
  }

  @Property(tries = 300)
  void readsBackWhatItWrites(@ForAll int number) throws CorruptRdb {
    byte[] payload = DumpPayload.of(Samples.value(number));
    assertThat(DumpPayload.isIntact(payload)).isTrue();
    assertThat(Samples.describe(DumpPayload.read(payload, Samples.LIMITS)))
        .isEqualTo(Samples.describe(Samples.value(number)));
  }

  @Test
  void seesEveryFlippedBit() {
    byte[] payload = DumpPayload.of(Samples.value(3));
    for (int bit = 0; bit < 8 * payload.length; bit++) {
      byte[] flipped = payload.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(DumpPayload.isIntact(flipped)).as("bit %d", bit).isFalse();
    }
  }

  /**
   * Every type, with bytes at random behind it: a value or a complaint, and never anything else.
   */
  @Property(tries = 3000)
  void anyBytesGiveAValueOrAComplaint(@ForAll @Size(min = 11, max = 200) byte[] noise) {
    noise[0] = (byte) Math.floorMod(noise[0], 22);
    readAnything(noise);
  }

  /** What Redis writes with some bytes changed: this gets further into the readers than noise. */
  @Property(tries = 3000)
  void damagedPayloadsGiveAValueOrAComplaint(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String[] payloads = {
      "0b0e0200000003000000fdff010002000a00d1b78ed9bc07c27f",
      "1014140000000400816602817602816e02f1393003ff0a00295e989381be5650",
      "111414000000040081610283312e35048162020201ff0a00fa02b425af188763",
      "12010232320000000a0081610282626203dfff027f01c08002d00002f1001003f2409c0004f37f96980005f4"
          + "005ed0b20000000009ff0a00bed701494e651f4f",
      "00c3094064016161e057000161610a00e8a3b507b06df271"
    };
    byte[] payload = hex(payloads[random.nextInt(payloads.length)]);
    for (int i = 0; i <= random.nextInt(3); i++) {
      payload[random.nextInt(payload.length)] = (byte) random.nextInt();
    }
    readAnything(payload);
  }

  private static void readAnything(byte[] payload) {
    try {
      assertThat(DumpPayload.read(payload, Samples.LIMITS)).isNotNull();
    } catch (CorruptRdb complaint) {
      assertThat(complaint.getMessage()).isNotEmpty();
    }
  }

  @Test
  void refusesStringsThatPromiseMoreThanTheyHold() {
    byte[] huge = hex("0081000000ffffffffff" + "00".repeat(10));
    assertThatThrownBy(() -> DumpPayload.read(huge, Samples.LIMITS))
        .isInstanceOf(CorruptRdb.class)
        .hasMessageContaining("longer than any can be");
    byte[] bomb = hex("00c301807fffffff00" + "00".repeat(10));
    assertThatThrownBy(() -> DumpPayload.read(bomb, Samples.LIMITS))
        .isInstanceOf(CorruptRdb.class)
        .hasMessageContaining("cannot stand for");
  }
}
