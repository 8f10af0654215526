package io.shardquake.checkers.history;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A text of 1 to 16 ASCII characters that is found eight bytes at a time. */
final class Token {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int length;
  private final long low;
  private final long lowMask;
  private final long high;
  private final long highMask;

  Token(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    length = bytes.length;
    low = word(bytes, 0);
    lowMask = mask(length);
    high = word(bytes, Long.BYTES);
    highMask = mask(length - Long.BYTES);
  }

  int length() {
    return length;
  }

  /** Whether the text stands at a place after which at least 16 bytes of the buffer follow. */
  boolean isAt(byte[] buffer, int at) {
    return (((long) LONGS.get(buffer, at) ^ low) & lowMask) == 0
        && (highMask == 0 || (((long) LONGS.get(buffer, at + Long.BYTES) ^ high) & highMask) == 0);
  }

  private static long word(byte[] bytes, int from) {
    long word = 0;
    for (int i = Math.min(from + Long.BYTES, bytes.length) - 1; i >= from; i--) {
      word = (word << 8) | bytes[i];
    }
    return word;
  }

  private static long mask(int bytes) {
    if (bytes <= 0) {
      return 0;
    }
    return bytes >= Long.BYTES ? -1L : (1L << (8 * bytes)) - 1;
  }
}
