package io.shardquake.node.core.rdb;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads one of the encodings that hold many elements in one string, from front to back. */
final class Packed {
  private final byte[] bytes;
  private final String encoding;
  private int position;

  /**
   * A reader at the first byte.
   *
   * @param encoding its name, for complaints
   */
  Packed(byte[] bytes, String encoding) {
    this.bytes = bytes;
    this.encoding = encoding;
  }

  int position() {
    return position;
  }

  int size() {
    return bytes.length;
  }

  /** What is wrong, as an exception to throw. */
  CorruptRdb broken(String how) {
    return new CorruptRdb("a " + encoding + " " + how);
  }

  private int take(long count) throws CorruptRdb {
    if (count < 0 || count > bytes.length - position) {
      throw broken("ends within an element");
    }
    int at = position;
    position += (int) count;
    return at;
  }

  void skip(long count) throws CorruptRdb {
    take(count);
  }

  int uint8() throws CorruptRdb {
    return bytes[take(1)] & 0xff;
  }

  int int8() throws CorruptRdb {
    return bytes[take(1)];
  }

  int uint16() throws CorruptRdb {
    return LittleEndian.uint16(bytes, take(2));
  }

  int int16() throws CorruptRdb {
    return LittleEndian.int16(bytes, take(2));
  }

  int int24() throws CorruptRdb {
    return LittleEndian.int24(bytes, take(3));
  }

  int int32() throws CorruptRdb {
    return LittleEndian.int32(bytes, take(4));
  }

  long uint32() throws CorruptRdb {
    return LittleEndian.uint32(bytes, take(4));
  }

  long uint32BigEndian() throws CorruptRdb {
    return Integer.reverseBytes(int32()) & 0xffffffffL;
  }

  long int64() throws CorruptRdb {
    return LittleEndian.int64(bytes, take(8));
  }

  byte[] string(long length) throws CorruptRdb {
    int from = take(length);
    return Arrays.copyOfRange(bytes, from, position);
  }

  /** A number as the text it stands for. */
  static byte[] decimal(long value) {
    return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
  }

  /** Checks that nothing follows. */
  void end() throws CorruptRdb {
    if (position != bytes.length) {
      throw broken("goes on after its end");
    }
  }
}
