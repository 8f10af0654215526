package io.shardquake.node.core.keyspace;

/** Which hash slot a key belongs to (Redis Cluster specification, "Key distribution model"). */
public final class HashSlot {
  /** Number of slots. */
  public static final int COUNT = 16384;

  private static final char[] TABLE = table();

  private HashSlot() {}

  /** The slot of a key, or of the hash tag in it: CRC-16/XMODEM modulo 16384. */
  public static int of(byte[] key) {
    int open = indexOf(key, '{', 0);
    if (open >= 0) {
      int close = indexOf(key, '}', open + 1);
      if (close > open + 1) {
        return crc16(key, open + 1, close) & (COUNT - 1);
      }
    }
    return ofWhole(key);
  }

  /** The slot that a key would belong to if hash tags did not count. */
  public static int ofWhole(byte[] key) {
    return crc16(key, 0, key.length) & (COUNT - 1);
  }

  static int crc16(byte[] bytes, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc = ((crc << 8) ^ TABLE[((crc >>> 8) ^ bytes[i]) & 0xff]) & 0xffff;
    }
    return crc;
  }

  private static int indexOf(byte[] bytes, char wanted, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static char[] table() {
    char[] table = new char[256];
    for (int i = 0; i < 256; i++) {
      int crc = i << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
      }
      table[i] = (char) (crc & 0xffff);
    }
    return table;
  }
}
