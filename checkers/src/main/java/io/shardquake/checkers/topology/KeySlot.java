package io.shardquake.checkers.topology;

import io.shardquake.checkers.history.Value;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * The hash slot of a key, as the Redis Cluster specification states it ("Key distribution model",
 * "Hash tags"): CRC16-XMODEM of the key, or of its hash tag, modulo 16384. The hash tag is what
 * stands between the first opening brace and the first closing one after it, unless that is empty.
 */
public final class KeySlot {
  private static final int POLYNOMIAL = 0x1021;
  private static final char[] CRC_OF_BYTE = crcOfEveryByte();

  private KeySlot() {}

  /** The slot, from 0 to 16383, of a key given by its bytes. */
  public static int of(byte[] key) {
    int open = indexOf(key, '{', 0);
    if (open < key.length) {
      int close = indexOf(key, '}', open + 1);
      if (close < key.length && close > open + 1) {
        return crc16(key, open + 1, close) % SlotRange.SLOTS;
      }
    }
    return crc16(key, 0, key.length) % SlotRange.SLOTS;
  }

  /** The slot, from 0 to 16383, of a key given as text, in UTF-8. */
  public static int of(String key) {
    return of(key.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The slot of a key as a history has it: text, bytes, a whole number by its decimal digits, or
   * several keys of one operation by the first; empty for anything else.
   */
  public static OptionalInt of(Value key) {
    if (key instanceof Value.Text text) {
      return OptionalInt.of(of(text.value()));
    }
    if (key instanceof Value.Bytes bytes) {
      return OptionalInt.of(of(bytes.toArray()));
    }
    if (key instanceof Value.Int number) {
      return OptionalInt.of(of(Long.toString(number.value())));
    }
    if (key instanceof Value.Sequence keys && !keys.items().isEmpty()) {
      return of(keys.items().get(0));
    }
    return OptionalInt.empty();
  }

  /** CRC16-XMODEM: polynomial 0x1021, initial value 0, not reflected, no final exclusive or. */
  static int crc16(byte[] bytes, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc = ((crc << 8) & 0xffff) ^ CRC_OF_BYTE[(crc >>> 8) ^ (bytes[i] & 0xff)];
    }
    return crc;
  }

  private static int indexOf(byte[] bytes, char wanted, int from) {
    int i = from;
    while (i < bytes.length && bytes[i] != wanted) {
      i++;
    }
    return i;
  }

  private static char[] crcOfEveryByte() {
    char[] table = new char[256];
    for (int value = 0; value < table.length; value++) {
      int crc = value << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc << 1) ^ ((crc & 0x8000) == 0 ? 0 : POLYNOMIAL);
      }
      table[value] = (char) crc;
    }
    return table;
  }
}
