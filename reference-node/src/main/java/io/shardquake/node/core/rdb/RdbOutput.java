package io.shardquake.node.core.rdb;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects the elements of an RDB in their plain encodings. Not thread-safe. */
final class RdbOutput {
  private static final int SMALL = 256;

  private byte[] buffer = new byte[SMALL];
  private int length;

  int length() {
    return length;
  }

  /** Everything collected; the output is empty afterwards. */
  byte[] take() {
    byte[] all = Arrays.copyOf(buffer, length);
    length = 0;
    return all;
  }

  /** The checksum of everything collected. */
  long checksum() {
    return Crc64.of(buffer, length);
  }

  void code(int code) {
    reserve(1);
    buffer[length++] = (byte) code;
  }

  /** A length, in the shortest form. */
  void length(long value) {
    reserve(9);
    if (value >= 0 && value < 64) {
      buffer[length++] = (byte) value;
    } else if (value >= 0 && value < 16_384) {
      buffer[length++] = (byte) (0x40 | value >>> 8);
      buffer[length++] = (byte) value;
    } else if (value >>> 32 == 0) {
      buffer[length++] = (byte) 0x80;
      bigEndian(value, 4);
    } else {
      buffer[length++] = (byte) 0x81;
      bigEndian(value, 8);
    }
  }

  private void bigEndian(long value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      buffer[length++] = (byte) (value >>> shift);
    }
  }

  /** A string, plain. */
  void string(byte[] value) {
    length(value.length);
    raw(value);
  }

  /** A string given as text. */
  void string(String value) {
    string(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Eight bytes, the least significant first. */
  void int64(long value) {
    reserve(8);
    LittleEndian.putInt64(buffer, length, value);
    length += 8;
  }

  /** Two bytes, the least significant first. */
  void int16(int value) {
    reserve(2);
    buffer[length++] = (byte) value;
    buffer[length++] = (byte) (value >>> 8);
  }

  /** Bytes as they are. */
  void raw(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  private void reserve(int more) {
    if (buffer.length - length < more) {
      long grown = Math.max((long) length + more, Math.min(2L * buffer.length, 1 << 30));
      buffer = Arrays.copyOf(buffer, Math.toIntExact(grown));
    }
  }
}
