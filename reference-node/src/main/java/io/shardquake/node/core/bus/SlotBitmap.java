package io.shardquake.node.core.bus;

import io.shardquake.node.core.keyspace.HashSlot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A set of hash slots as the bus carries it: 2048 bytes, least significant bit first. */
public final class SlotBitmap {
  /** Length on the wire. */
  public static final int BYTES = HashSlot.COUNT / 8;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final byte[] bits;
  private int count;

  /** No slot at all. */
  public SlotBitmap() {
    this.bits = new byte[BYTES];
  }

  private SlotBitmap(byte[] bits, int count) {
    this.bits = bits;
    this.count = count;
  }

  private static int count(byte[] bits) {
    int sum = 0;
    for (int at = 0; at < BYTES; at += Long.BYTES) {
      sum += Long.bitCount((long) LONGS.get(bits, at));
    }
    return sum;
  }

  /** The slots of the {@link #BYTES} bytes from {@code offset}. */
  static SlotBitmap read(byte[] message, int offset) {
    byte[] bits = Arrays.copyOfRange(message, offset, offset + BYTES);
    return new SlotBitmap(bits, count(bits));
  }

  void write(byte[] message, int offset) {
    System.arraycopy(bits, 0, message, offset, BYTES);
  }

  public boolean has(int slot) {
    return (bits[slot >> 3] & (1 << (slot & 7))) != 0;
  }

  /** Adds a slot; false if it was there. */
  public boolean add(int slot) {
    if (has(slot)) {
      return false;
    }
    bits[slot >> 3] |= (byte) (1 << (slot & 7));
    count++;
    return true;
  }

  /** Takes a slot away; false if it was not there. */
  public boolean remove(int slot) {
    if (!has(slot)) {
      return false;
    }
    bits[slot >> 3] &= (byte) ~(1 << (slot & 7));
    count--;
    return true;
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
      int rest = (bits[at] ^ mask) & 0xff;
      if (at == from >> 3) {
        rest &= 0xff << (from & 7);
      }
      if (rest != 0) {
        return (at << 3) + Integer.numberOfTrailingZeros(rest);
      }
    }
    return HashSlot.COUNT;
  }

  /** Number of slots in the set. */
  public int count() {
    return count;
  }

  public SlotBitmap copy() {
    return new SlotBitmap(bits.clone(), count);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SlotBitmap that && Arrays.equals(bits, that.bits);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bits);
  }

  @Override
  public String toString() {
    return count + " slots";
  }
}
