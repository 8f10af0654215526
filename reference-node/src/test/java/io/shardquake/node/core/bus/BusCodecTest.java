package io.shardquake.node.core.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class BusCodecTest {
  private static final String SENDER = "d2acf08739777507f5846859fcb6507a964ac04b";
  private static final String OTHER = "a31ef55e934959f28578c1478e572656a6c65b7d";

  private static Header header(MessageType type) {
    SlotBitmap slots = new SlotBitmap();
    for (int slot = 5461; slot <= 10_922; slot++) {
      slots.add(slot);
    }
    return new Header(type, 7022, 0, 17_022, 3, 2, 0, SENDER, slots, "", "", 17, false, 0);
  }

  /** The PING that a redis-server 7.0.15 sent in a cluster of three masters, row by row. */
  @Test
  void encodesAPingByteForByteAsRedisDoes() {
    byte[] bytes =
        BusCodec.encode(
            new BusMessage.Heartbeat(
                header(MessageType.PING),
                List.of(new GossipEntry(OTHER, 0, 0x6b029964L, "127.0.0.1", 7023, 17_023, 1, 0)),
                ""));
    assertThat(bytes).hasSize(2360);
    assertThat(row(bytes, 0x000)).isEqualTo("52436d6200000938" + "00011b6e00000001");
    assertThat(row(bytes, 0x010)).isEqualTo("0000000000000003" + "0000000000000002");
    assertThat(row(bytes, 0x020)).isEqualTo("0000000000000000" + "6432616366303837");
    assertThat(row(bytes, 0x2f0)).isEqualTo("0000000000000000" + "0000e0ffffffffff");
    assertThat(row(bytes, 0x5a0)).isEqualTo("ffffffffff070000" + "0000000000000000");
    assertThat(row(bytes, 0x8c0)).isEqualTo("0000000000000000" + "427e001100000000");
    assertThat(row(bytes, 0x8d0)).isEqualTo("6133316566353565" + "3933343935396632");
    assertThat(row(bytes, 0x8f0)).isEqualTo("6136633635623764" + "000000006b029964");
    assertThat(row(bytes, 0x900)).isEqualTo("3132372e302e302e" + "3100000000000000");
    assertThat(row(bytes, 0x920)).isEqualTo("0000000000000000" + "0000000000001b6f");
    assertThat(HexFormat.of().formatHex(bytes, 0x930, 0x938)).isEqualTo("427f000100000000");
  }

  private static String row(byte[] bytes, int at) {
    return HexFormat.of().formatHex(bytes, at, at + 16);
  }

  @Test
  void givesEveryTypeItsExactLength() {
    assertThat(BusCodec.encode(new BusMessage.Fail(header(MessageType.FAIL), OTHER))).hasSize(2296);
    assertThat(BusCodec.encode(new BusMessage.Bare(header(MessageType.MFSTART)))).hasSize(2256);
    assertThat(
            BusCodec.encode(
                new BusMessage.Update(header(MessageType.UPDATE), 7, OTHER, new SlotBitmap())))
        .hasSize(4352);
    assertThat(
            BusCodec.encode(
                new BusMessage.Heartbeat(
                    header(MessageType.PONG), List.of(), "host-2.example.com")))
        .as("hostname of 18 characters: 8 + 24 bytes")
        .hasSize(2256 + 32);
  }

  @Property
  void decodesWhatItEncodes(
      @ForAll @IntRange(max = 65_535) int port,
      @ForAll @LongRange(min = 0) long epoch,
      @ForAll @Size(max = 6) List<@IntRange(max = 16_383) Integer> owned,
      @ForAll boolean down,
      @ForAll @Size(max = 20) byte[] channel,
      @ForAll @Size(max = 20) byte[] message) {
    SlotBitmap slots = new SlotBitmap();
    owned.forEach(slots::add);
    Header header =
        new Header(
            MessageType.UPDATE,
            port,
            1,
            2,
            epoch,
            epoch / 2,
            epoch,
            SENDER,
            slots,
            OTHER,
            "10.0.0.1",
            273,
            down,
            Header.PAUSED | Header.FORCE_ACK);
    BusMessage update = new BusMessage.Update(header, epoch, OTHER, slots);
    assertThat(BusCodec.decode(BusCodec.encode(update))).contains(update);
    BusMessage.Publish publish =
        new BusMessage.Publish(header(MessageType.PUBLISHSHARD), channel, message);
    BusMessage.Publish back =
        (BusMessage.Publish) BusCodec.decode(BusCodec.encode(publish)).orElseThrow();
    assertThat(back.channel()).isEqualTo(channel);
    assertThat(back.message()).isEqualTo(message);
  }

  @Property
  void neverBreaksOnBytesThatPassTheFramer(
      @ForAll @Size(max = 400) byte[] noise,
      @ForAll @IntRange(max = 12) int type,
      @ForAll @IntRange(max = 3) int count,
      @ForAll boolean extended) {
    byte[] bytes = new byte[BusCodec.HEADER + noise.length];
    System.arraycopy(noise, 0, bytes, BusCodec.HEADER, noise.length);
    bytes[9] = 1;
    bytes[13] = (byte) type;
    bytes[15] = (byte) count;
    bytes[2215] = 2;
    bytes[2253] = (byte) (extended ? 4 : 0);
    Optional<BusMessage> decoded = BusCodec.decode(bytes);
    decoded.ifPresent(
        message -> assertThat(BusCodec.encode(message).length).isLessThanOrEqualTo(bytes.length));
  }

  @Property
  void framesMessagesHoweverTheBytesAreCut(@ForAll @IntRange(min = 1, max = 3000) int piece)
      throws BusFramer.NotABusMessage {
    byte[] one = BusCodec.encode(new BusMessage.Bare(header(MessageType.MFSTART)));
    byte[] two = BusCodec.encode(new BusMessage.Fail(header(MessageType.FAIL), OTHER));
    byte[] all = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, all, one.length, two.length);
    BusFramer framer = new BusFramer();
    List<byte[]> messages = new ArrayList<>();
    for (int from = 0; from < all.length; from += piece) {
      framer.feed(Arrays.copyOfRange(all, from, Math.min(all.length, from + piece)));
      for (Optional<byte[]> next = framer.next(); next.isPresent(); next = framer.next()) {
        messages.add(next.get());
      }
    }
    assertThat(messages).containsExactly(one, two);
  }

  @Test
  void refusesAStreamThatIsNoBus() {
    BusFramer framer = new BusFramer();
    framer.feed("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(framer::next).hasMessageContaining("RCmb");
    BusFramer shortOne = new BusFramer();
    shortOne.feed(new byte[] {'R', 'C', 'm', 'b', 0, 0, 0, 9});
    assertThatThrownBy(shortOne::next).hasMessage("a message of 9 bytes");
  }
}
