package io.shardquake.node.core.rdb;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes of an RDB that arrive piece by piece, read element by element. An element is read whole or,
 * if it has not all arrived, not at all: {@link Underflow} takes back what was read since the last
 * {@link #commit}. Holds no more than has arrived, whatever lengths the bytes promise. Not
 * thread-safe.
 */
final class RdbInput {
  /** The longest string read, in bytes: twice what Redis lets anybody store. */
  private static final int LONGEST = 1 << 30;

  private static final int MOST_HELD = Integer.MAX_VALUE - 8;

  private final Crc64 crc = new Crc64();
  private byte[] buffer = new byte[0];
  private int committed;
  private int position;
  private int limit;
  private long needed = 1;
  private long consumed;

  /** A length, or a special encoding of a string. */
  private record Length(boolean special, long value) {}

  /** Adds bytes that arrived; the array belongs to the input from now on. */
  void feed(byte[] data) {
    if (committed == limit) {
      buffer = data;
      committed = 0;
      limit = data.length;
    } else {
      int kept = limit - committed;
      if ((long) limit + data.length > buffer.length) {
        long room = Math.max((long) kept + data.length, Math.min(2L * kept, MOST_HELD));
        byte[] roomier =
            kept + (long) data.length <= buffer.length / 2
                ? buffer
                : new byte[Math.toIntExact(room)];
        System.arraycopy(buffer, committed, roomier, 0, kept);
        buffer = roomier;
        committed = 0;
        limit = kept;
      }
      System.arraycopy(data, 0, buffer, limit, data.length);
      limit += data.length;
    }
    position = committed;
  }

  /** Whether enough has arrived for the element that met an underflow. */
  boolean mayRead() {
    return limit - committed >= needed;
  }

  /** What was read so far is done with. */
  void commit() {
    crc.update(buffer, committed, position);
    consumed += position - committed;
    committed = position;
    needed = 1;
  }

  /** Bytes committed since the start. */
  long consumed() {
    return consumed;
  }

  /** The checksum of everything committed. */
  long checksum() {
    return crc.value();
  }

  /** Bytes that arrived and are not committed. */
  byte[] rest() {
    return Arrays.copyOfRange(buffer, committed, limit);
  }

  private void require(long bytes) throws Underflow {
    if (limit - position < bytes) {
      needed = position - committed + bytes;
      position = committed;
      throw Underflow.INSTANCE;
    }
  }

  int code() throws Underflow {
    require(1);
    return buffer[position++] & 0xff;
  }

  /** A number of elements or bytes, or any other number that is encoded as a length. */
  long length() throws Underflow, CorruptRdb {
    Length length = lengthOrSpecial();
    if (length.special()) {
      throw new CorruptRdb("found an encoding of strings where a length was expected");
    }
    return length.value();
  }

  /** A number of elements; refuses what cannot be one. */
  long count() throws Underflow, CorruptRdb {
    long count = length();
    if (count < 0) {
      throw new CorruptRdb(Long.toUnsignedString(count) + " elements are more than there can be");
    }
    return count;
  }

  private Length lengthOrSpecial() throws Underflow, CorruptRdb {
    int first = code();
    return switch (first >>> 6) {
      case 0 -> new Length(false, first);
      case 1 -> new Length(false, (first & 0x3f) << 8 | code());
      case 3 -> new Length(true, first & 0x3f);
      default ->
          switch (first) {
            case 0x80 -> new Length(false, bigEndian(4));
            case 0x81 -> new Length(false, bigEndian(8));
            default -> throw new CorruptRdb("byte " + first + " begins no length");
          };
    };
  }

  private long bigEndian(int bytes) throws Underflow {
    require(bytes);
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | (buffer[position++] & 0xff);
    }
    return value;
  }

  byte[] string() throws Underflow, CorruptRdb {
    Length length = lengthOrSpecial();
    if (!length.special()) {
      return bytes(length.value());
    }
    return switch ((int) length.value()) {
      case 0 -> decimal((byte) code());
      case 1 -> {
        require(2);
        position += 2;
        yield decimal(LittleEndian.int16(buffer, position - 2));
      }
      case 2 -> decimal(int32());
      case 3 -> {
        long compressed = length();
        long original = length();
        yield Lzf.expand(bytes(compressed), original);
      }
      default -> throw new CorruptRdb("strings have no encoding " + length.value());
    };
  }

  String text() throws Underflow, CorruptRdb {
    return new String(string(), StandardCharsets.UTF_8);
  }

  private static byte[] decimal(int value) {
    return Integer.toString(value).getBytes(StandardCharsets.US_ASCII);
  }

  /** So many bytes as they are. */
  byte[] bytes(long count) throws Underflow, CorruptRdb {
    if (count < 0 || count > LONGEST) {
      throw new CorruptRdb(
          "a string of " + Long.toUnsignedString(count) + " bytes is longer than any can be");
    }
    require(count);
    position += (int) count;
    return Arrays.copyOfRange(buffer, position - (int) count, position);
  }

  int int32() throws Underflow {
    require(4);
    position += 4;
    return LittleEndian.int32(buffer, position - 4);
  }

  long int64() throws Underflow {
    require(8);
    position += 8;
    return LittleEndian.int64(buffer, position - 8);
  }

  /** A score in its binary form. */
  double binaryDouble() throws Underflow, CorruptRdb {
    return notNan(Double.longBitsToDouble(int64()));
  }

  /** A score in its old form, as text. */
  double textDouble() throws Underflow, CorruptRdb {
    int length = code();
    return switch (length) {
      case 253 -> notNan(Double.NaN);
      case 254 -> Double.POSITIVE_INFINITY;
      case 255 -> Double.NEGATIVE_INFINITY;
      default -> Score.parse(bytes(length));
    };
  }

  static double notNan(double score) throws CorruptRdb {
    if (Double.isNaN(score)) {
      throw new CorruptRdb("a score is not a number");
    }
    return score;
  }
}
