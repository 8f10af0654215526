package io.shardquake.node.core.rdb;

import java.util.Arrays;

/** Writes a listpack: elements one after the other, each followed by its own length. */
final class Listpack {
  private static final int HEADER = 6;
  private static final int MOST_COUNTED = 0xffff;

  private byte[] bytes = new byte[256];
  private int length = HEADER;
  private int count;

  void add(long value) {
    int start = length;
    reserve(16);
    if (value >= 0 && value < 128) {
      put((int) value);
    } else if (value >= -(1 << 12) && value < (1 << 12)) {
      put(0xc0 | ((int) (value >> 8) & 0x1f));
      put((int) value);
    } else if (value == (short) value) {
      littleEndian(0xf1, value, 2);
    } else if (value >= -(1 << 23) && value < (1 << 23)) {
      littleEndian(0xf2, value, 3);
    } else if (value == (int) value) {
      littleEndian(0xf3, value, 4);
    } else {
      littleEndian(0xf4, value, 8);
    }
    end(start);
  }

  void add(byte[] string) {
    int start = length;
    reserve(string.length + 16);
    if (string.length < 64) {
      put(0x80 | string.length);
    } else if (string.length < 4096) {
      put(0xe0 | (string.length >> 8));
      put(string.length);
    } else {
      littleEndian(0xf0, string.length, 4);
    }
    System.arraycopy(string, 0, bytes, length, string.length);
    length += string.length;
    end(start);
  }

  /** The listpack as a string. */
  byte[] finish() {
    reserve(1);
    put(0xff);
    byte[] all = Arrays.copyOf(bytes, length);
    for (int i = 0; i < 4; i++) {
      all[i] = (byte) (length >> (8 * i));
    }
    int counted = Math.min(count, MOST_COUNTED);
    all[4] = (byte) counted;
    all[5] = (byte) (counted >> 8);
    return all;
  }

  private void littleEndian(int code, long value, int size) {
    put(code);
    for (int i = 0; i < size; i++) {
      put((int) (value >> (8 * i)));
    }
  }

  private void put(int value) {
    bytes[length++] = (byte) value;
  }

  /** The length is read from the end: seven bits a byte, the highest bit says that more follow. */
  private void end(int start) {
    int size = length - start;
    int parts = 1;
    while (parts < 5 && (size >> (7 * parts)) > 0) {
      parts++;
    }
    for (int i = parts - 1; i >= 0; i--) {
      int part = (size >> (7 * i)) & 0x7f;
      put(i == parts - 1 ? part : part | 0x80);
    }
    count++;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), 2 * bytes.length));
    }
  }
}
