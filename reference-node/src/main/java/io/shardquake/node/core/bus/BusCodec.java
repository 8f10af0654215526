package io.shardquake.node.core.bus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Bus messages as bytes, protocol version 1, big-endian. Every offset is one of Redis 7.0's {@code
 * cluster.h}.
 */
public final class BusCodec {
  /** Length of a header, and so of the shortest message. */
  public static final int HEADER = 2256;

  private static final int VERSION = 1;
  private static final int ID = 40;
  private static final int IP = 46;
  private static final int GOSSIP = 104;
  private static final int EXTENSION_DATA = 4;
  private static final int HOSTNAME = 0;

  private static final int TOTAL_LENGTH_AT = 4;
  private static final int VERSION_AT = 8;
  private static final int PORT_AT = 10;
  private static final int TYPE_AT = 12;
  private static final int COUNT_AT = 14;
  private static final int CURRENT_EPOCH_AT = 16;
  private static final int CONFIG_EPOCH_AT = 24;
  private static final int OFFSET_AT = 32;
  private static final int SENDER_AT = 40;
  private static final int SLOTS_AT = 80;
  private static final int MASTER_AT = 2128;
  private static final int IP_AT = 2168;
  private static final int EXTENSIONS_AT = 2214;
  private static final int PLAIN_PORT_AT = 2246;
  private static final int BUS_PORT_AT = 2248;
  private static final int FLAGS_AT = 2250;
  private static final int STATE_AT = 2252;
  private static final int MESSAGE_FLAGS_AT = 2253;

  private BusCodec() {}

  /** The message's bytes. */
  public static byte[] encode(BusMessage message) {
    if (message instanceof BusMessage.Heartbeat heartbeat) {
      return encode(heartbeat);
    }
    if (message instanceof BusMessage.Fail fail) {
      byte[] bytes = withHeader(fail.header(), ID);
      putText(bytes, HEADER, ID, fail.node());
      return bytes;
    }
    if (message instanceof BusMessage.Publish publish) {
      int channel = publish.channel().length;
      int payload = publish.message().length;
      byte[] bytes = withHeader(publish.header(), 8 + channel + payload);
      put32(bytes, HEADER, channel);
      put32(bytes, HEADER + 4, payload);
      System.arraycopy(publish.channel(), 0, bytes, HEADER + 8, channel);
      System.arraycopy(publish.message(), 0, bytes, HEADER + 8 + channel, payload);
      return bytes;
    }
    if (message instanceof BusMessage.Update update) {
      byte[] bytes = withHeader(update.header(), 8 + ID + SlotBitmap.BYTES);
      put64(bytes, HEADER, update.configEpoch());
      putText(bytes, HEADER + 8, ID, update.node());
      update.slots().write(bytes, HEADER + 8 + ID);
      return bytes;
    }
    return withHeader(message.header(), 0);
  }

  /**
   * The message that the bytes are; empty if they are none of version 1, or one to be ignored.
   *
   * @param bytes a whole message as {@link BusFramer} cut it
   */
  public static Optional<BusMessage> decode(byte[] bytes) {
    if (u16(bytes, VERSION_AT) != VERSION) {
      return Optional.empty();
    }
    Optional<MessageType> type = MessageType.ofNumber(u16(bytes, TYPE_AT));
    return type.flatMap(known -> decode(readHeader(known, bytes), bytes));
  }

  private static Optional<BusMessage> decode(Header header, byte[] bytes) {
    return switch (header.type()) {
      case PING, PONG, MEET -> heartbeat(header, bytes);
      case FAIL -> exactly(bytes, ID, () -> new BusMessage.Fail(header, text(bytes, HEADER, ID)));
      case PUBLISH, PUBLISHSHARD -> publish(header, bytes);
      case FAILOVER_AUTH_REQUEST, FAILOVER_AUTH_ACK, MFSTART ->
          exactly(bytes, 0, () -> new BusMessage.Bare(header));
      case UPDATE -> update(header, bytes);
      case MODULE -> Optional.empty();
    };
  }

  private static Optional<BusMessage> exactly(
      byte[] bytes, int payload, Supplier<BusMessage> message) {
    return bytes.length == HEADER + payload ? Optional.of(message.get()) : Optional.empty();
  }

  private static Optional<BusMessage> update(Header header, byte[] bytes) {
    if (bytes.length != HEADER + 8 + ID + SlotBitmap.BYTES) {
      return Optional.empty();
    }
    return Optional.of(
        new BusMessage.Update(
            header,
            u64(bytes, HEADER),
            text(bytes, HEADER + 8, ID),
            SlotBitmap.read(bytes, HEADER + 8 + ID)));
  }

  private static Optional<BusMessage> publish(Header header, byte[] bytes) {
    if (bytes.length < HEADER + 8) {
      return Optional.empty();
    }
    long channel = u32(bytes, HEADER);
    long payload = u32(bytes, HEADER + 4);
    if (HEADER + 8 + channel + payload != bytes.length) {
      return Optional.empty();
    }
    int middle = HEADER + 8 + (int) channel;
    return Optional.of(
        new BusMessage.Publish(
            header,
            Arrays.copyOfRange(bytes, HEADER + 8, middle),
            Arrays.copyOfRange(bytes, middle, bytes.length)));
  }

  private static Optional<BusMessage> heartbeat(Header header, byte[] bytes) {
    int count = u16(bytes, COUNT_AT);
    int at = HEADER + count * GOSSIP;
    if (at > bytes.length) {
      return Optional.empty();
    }
    List<GossipEntry> gossip = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      gossip.add(readGossip(bytes, HEADER + i * GOSSIP));
    }
    String hostname = "";
    int extensions =
        (bytes[MESSAGE_FLAGS_AT] & EXTENSION_DATA) != 0 ? u16(bytes, EXTENSIONS_AT) : 0;
    for (int i = 0; i < extensions; i++) {
      if (bytes.length - at < 8) {
        return Optional.empty();
      }
      long length = u32(bytes, at);
      if (length < 8 || length % 8 != 0 || length > bytes.length - at) {
        return Optional.empty();
      }
      if (u16(bytes, at + 4) == HOSTNAME) {
        hostname = text(bytes, at + 8, (int) length - 8);
      }
      at += (int) length;
    }
    return at == bytes.length
        ? Optional.of(new BusMessage.Heartbeat(header, gossip, hostname))
        : Optional.empty();
  }

  private static byte[] encode(BusMessage.Heartbeat heartbeat) {
    byte[] hostname = heartbeat.hostname().getBytes(StandardCharsets.US_ASCII);
    int extension = hostname.length == 0 ? 0 : 8 + align8(hostname.length + 1);
    int gossip = heartbeat.gossip().size() * GOSSIP;
    byte[] bytes = withHeader(heartbeat.header(), gossip + extension);
    put16(bytes, COUNT_AT, heartbeat.gossip().size());
    int at = HEADER;
    for (GossipEntry entry : heartbeat.gossip()) {
      writeGossip(bytes, at, entry);
      at += GOSSIP;
    }
    if (extension > 0) {
      put16(bytes, EXTENSIONS_AT, 1);
      bytes[MESSAGE_FLAGS_AT] |= EXTENSION_DATA;
      put32(bytes, at, extension);
      put16(bytes, at + 4, HOSTNAME);
      System.arraycopy(hostname, 0, bytes, at + 8, hostname.length);
    }
    return bytes;
  }

  private static int align8(int length) {
    return (length + 7) & ~7;
  }

  private static byte[] withHeader(Header header, int payload) {
    byte[] bytes = new byte[HEADER + payload];
    putText(bytes, 0, 4, "RCmb");
    put32(bytes, TOTAL_LENGTH_AT, bytes.length);
    put16(bytes, VERSION_AT, VERSION);
    put16(bytes, PORT_AT, header.port());
    put16(bytes, TYPE_AT, header.type().number());
    put64(bytes, CURRENT_EPOCH_AT, header.currentEpoch());
    put64(bytes, CONFIG_EPOCH_AT, header.configEpoch());
    put64(bytes, OFFSET_AT, header.offset());
    putText(bytes, SENDER_AT, ID, header.sender());
    header.slots().write(bytes, SLOTS_AT);
    putText(bytes, MASTER_AT, ID, header.master());
    putText(bytes, IP_AT, IP, header.announcedIp());
    put16(bytes, PLAIN_PORT_AT, header.plainPort());
    put16(bytes, BUS_PORT_AT, header.busPort());
    put16(bytes, FLAGS_AT, header.flags());
    bytes[STATE_AT] = (byte) (header.clusterDown() ? 1 : 0);
    bytes[MESSAGE_FLAGS_AT] = (byte) header.messageFlags();
    return bytes;
  }

  private static Header readHeader(MessageType type, byte[] bytes) {
    return new Header(
        type,
        u16(bytes, PORT_AT),
        u16(bytes, PLAIN_PORT_AT),
        u16(bytes, BUS_PORT_AT),
        u64(bytes, CURRENT_EPOCH_AT),
        u64(bytes, CONFIG_EPOCH_AT),
        u64(bytes, OFFSET_AT),
        text(bytes, SENDER_AT, ID),
        SlotBitmap.read(bytes, SLOTS_AT),
        text(bytes, MASTER_AT, ID),
        text(bytes, IP_AT, IP),
        u16(bytes, FLAGS_AT),
        bytes[STATE_AT] != 0,
        bytes[MESSAGE_FLAGS_AT] & ~EXTENSION_DATA);
  }

  private static GossipEntry readGossip(byte[] bytes, int at) {
    return new GossipEntry(
        text(bytes, at, ID),
        u32(bytes, at + 40),
        u32(bytes, at + 44),
        text(bytes, at + 48, IP),
        u16(bytes, at + 94),
        u16(bytes, at + 96),
        u16(bytes, at + 98),
        u16(bytes, at + 100));
  }

  private static void writeGossip(byte[] bytes, int at, GossipEntry entry) {
    putText(bytes, at, ID, entry.id());
    put32(bytes, at + 40, entry.pingSentSeconds());
    put32(bytes, at + 44, entry.pongReceivedSeconds());
    putText(bytes, at + 48, IP, entry.ip());
    put16(bytes, at + 94, entry.port());
    put16(bytes, at + 96, entry.busPort());
    put16(bytes, at + 98, entry.flags());
    put16(bytes, at + 100, entry.plainPort());
  }

  /** Text up to the first zero byte. */
  private static String text(byte[] bytes, int at, int most) {
    int end = at;
    while (end < at + most && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
  }

  private static void putText(byte[] bytes, int at, int most, String text) {
    int length = Math.min(most, text.length());
    for (int i = 0; i < length; i++) {
      char letter = text.charAt(i);
      bytes[at + i] = letter > 0xff ? (byte) '?' : (byte) letter;
    }
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  static long u32(byte[] bytes, int at) {
    return (long) u16(bytes, at) << 16 | u16(bytes, at + 2);
  }

  private static long u64(byte[] bytes, int at) {
    return u32(bytes, at) << 32 | u32(bytes, at + 4);
  }

  private static void put16(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >>> 8);
    bytes[at + 1] = (byte) value;
  }

  private static void put32(byte[] bytes, int at, long value) {
    put16(bytes, at, (int) (value >>> 16));
    put16(bytes, at + 2, (int) value);
  }

  private static void put64(byte[] bytes, int at, long value) {
    put32(bytes, at, value >>> 32);
    put32(bytes, at + 4, value);
  }
}
