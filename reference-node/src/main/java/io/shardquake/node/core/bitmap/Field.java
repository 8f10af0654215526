package io.shardquake.node.core.bitmap;

import java.util.Optional;

/**
 * A whole number within a string of bits.
 *
 * @param signed whether in two's complement
 * @param width in bits: up to 64 if signed, else up to 63
 */
record Field(boolean signed, int width) {
  /** What becomes of a number that does not fit. */
  enum Overflow {
    WRAP,
    SAT,
    FAIL
  }

  /** The number at a bit; what lies beyond the string is 0. */
  long get(byte[] bytes, long offset) {
    long value = 0;
    for (long i = offset; i < offset + width; i++) {
      long at = i >> 3;
      int bit = at < bytes.length ? bytes[(int) at] >> (7 - (i & 7)) & 1 : 0;
      value = value << 1 | bit;
    }
    return wrapped(value);
  }

  /** Writes the low bits of a number at a bit. */
  void set(byte[] bytes, long offset, long value) {
    for (int i = 0; i < width; i++) {
      long bit = offset + i;
      int mask = 0x80 >> (bit & 7);
      int at = (int) (bit >> 3);
      boolean one = (value >>> (width - 1 - i) & 1) != 0;
      bytes[at] = (byte) (one ? bytes[at] | mask : bytes[at] & ~mask);
    }
  }

  private long wrapped(long value) {
    int unused = Long.SIZE - width;
    return signed ? value << unused >> unused : value << unused >>> unused;
  }

  private long greatest() {
    return signed ? Long.MAX_VALUE >> (Long.SIZE - width) : -1L >>> (Long.SIZE - width);
  }

  private long least() {
    return signed ? Long.MIN_VALUE >> (Long.SIZE - width) : 0;
  }

  /** What is stored for a number; nothing if it does not fit and that fails. */
  Optional<Long> fitted(long value, Overflow overflow) {
    // A number given for an unsigned field counts as unsigned: a negative one is too great.
    boolean tooGreat = value > greatest() || (!signed && value < 0);
    boolean tooSmall = signed && value < least();
    return settle(value, tooGreat, tooSmall, overflow);
  }

  /** The sum of what is stored and an increment, as it is stored; nothing if that fails. */
  Optional<Long> added(long value, long increment, Overflow overflow) {
    boolean tooGreat = increment > 0 && exceeds(value, increment);
    boolean tooSmall = increment < 0 && fallsBelow(value, increment);
    return settle(value + increment, tooGreat, tooSmall, overflow);
  }

  private boolean exceeds(long value, long increment) {
    long room = greatest() - value;
    // From below zero to the greatest number of 64 bits, the room itself may overflow.
    return room >= 0 && increment > room;
  }

  private boolean fallsBelow(long value, long increment) {
    long room = least() - value;
    return room <= 0 && increment < room;
  }

  private Optional<Long> settle(long value, boolean tooGreat, boolean tooSmall, Overflow overflow) {
    if (!tooGreat && !tooSmall) {
      return Optional.of(value);
    }
    return switch (overflow) {
      case WRAP -> Optional.of(wrapped(value));
      case SAT -> Optional.of(tooGreat ? greatest() : least());
      case FAIL -> Optional.empty();
    };
  }
}
