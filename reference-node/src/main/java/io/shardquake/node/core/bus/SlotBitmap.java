package io.shardquake.node.core.bus;

import io.shardquake.node.core.keyspace.HashSlot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A set of hash slots as the bus carries it: 2048 bytes, least significant bit first. Copies, and
 * sets that were read from messages, share their bytes until one of them is changed. Not
 * thread-safe.
 */
public final class SlotBitmap {
  /** Length on the wire. */
  public static final int BYTES = HashSlot.COUNT / 8;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int NOT_COUNTED = -1;

  private byte[] bits;

  /** Where in the bytes the set begins. */
  private int offset;

  /** Whether the bytes are somebody else's too, and must not be changed. */
  private boolean shared;

  private int count;
  private @Nullable String ranges;

  /** No slot at all. */
  public SlotBitmap() {
    this.bits = new byte[BYTES];
  }

  private SlotBitmap(byte[] shared, int offset, int count) {
    this.bits = shared;
    this.offset = offset;
    this.count = count;
    this.shared = true;
  }

  /** The slots of the {@link #BYTES} bytes from {@code offset}, which must not change any more. */
  static SlotBitmap read(byte[] message, int offset) {
    return new SlotBitmap(message, offset, NOT_COUNTED);
  }

  void write(byte[] message, int to) {
    System.arraycopy(bits, offset, message, to, BYTES);
  }

  public boolean has(int slot) {
    return (bits[offset + (slot >> 3)] & (1 << (slot & 7))) != 0;
  }

  /** Adds a slot; false if it was there. */
  public boolean add(int slot) {
    if (has(slot)) {
      return false;
    }
    count = count() + 1;
    change();
    bits[slot >> 3] |= (byte) (1 << (slot & 7));
    return true;
  }

  /** Takes a slot away; false if it was not there. */
  public boolean remove(int slot) {
    if (!has(slot)) {
      return false;
    }
    count = count() - 1;
    change();
    bits[slot >> 3] &= (byte) ~(1 << (slot & 7));
    return true;
  }

  private void change() {
    ranges = null;
    if (shared) {
      bits = Arrays.copyOfRange(bits, offset, offset + BYTES);
      offset = 0;
      shared = false;
    }
  }

  /** The least slot of the set that is not less than this; {@link HashSlot#COUNT} if none is. */
  public int nextIn(int from) {
    return next(from, 0);
  }

  /** The least slot outside that is not less than this; {@link HashSlot#COUNT} if none is. */
  public int nextOut(int from) {
    return next(from, 0xff);
  }

  /** The least slot from there on whose byte, inverted by the mask, has its bit. */
  private int next(int from, int mask) {
    for (int at = from >> 3; at < BYTES; at++) {
      int rest = (bits[offset + at] ^ mask) & 0xff;
      if (at == from >> 3) {
        rest &= 0xff << (from & 7);
      }
      if (rest != 0) {
        return (at << 3) + Integer.numberOfTrailingZeros(rest);
      }
    }
    return HashSlot.COUNT;
  }

  /**
   * The least slot, not less than this, that is in one of both sets and not in the other; {@link
   * HashSlot#COUNT} if none is.
   */
  public int nextDifference(SlotBitmap other, int from) {
    long before = ~0L << (from & 63);
    for (int word = from >> 6; word < HashSlot.COUNT / Long.SIZE; word++) {
      long differing = (word(word) ^ other.word(word)) & before;
      if (differing != 0) {
        return (word << 6) + Long.numberOfTrailingZeros(differing);
      }
      before = ~0L;
    }
    return HashSlot.COUNT;
  }

  private long word(int number) {
    return (long) LONGS.get(bits, offset + number * Long.BYTES);
  }

  /** Number of slots in the set. */
  public int count() {
    if (count == NOT_COUNTED) {
      int sum = 0;
      for (int word = 0; word < HashSlot.COUNT / Long.SIZE; word++) {
        sum += Long.bitCount(word(word));
      }
      count = sum;
    }
    return count;
  }

  /** The same slots; neither sees what becomes of the other. */
  public SlotBitmap copy() {
    shared = true;
    return new SlotBitmap(bits, offset, count);
  }

  /** As CLUSTER NODES has it, a space before each range: {@code 0-99 101}. */
  public String ranges() {
    String known = ranges;
    if (known == null) {
      StringBuilder text = new StringBuilder();
      for (int first = nextIn(0); first < HashSlot.COUNT; ) {
        int end = nextOut(first);
        text.append(' ').append(first);
        if (end - 1 > first) {
          text.append('-').append(end - 1);
        }
        first = nextIn(end);
      }
      known = text.toString();
      ranges = known;
    }
    return known;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SlotBitmap that
        && Arrays.equals(bits, offset, offset + BYTES, that.bits, that.offset, that.offset + BYTES);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int word = 0; word < HashSlot.COUNT / Long.SIZE; word++) {
      hash = 31 * hash + Long.hashCode(word(word));
    }
    return hash;
  }

  @Override
  public String toString() {
    return count() + " slots";
  }
}
