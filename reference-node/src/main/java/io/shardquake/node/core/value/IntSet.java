package io.shardquake.node.core.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Whole numbers in ascending order, each in two, four or eight bytes as the widest one needs. */
final class IntSet {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] data = {};
  private int width = Short.BYTES;
  private int size;

  int size() {
    return size;
  }

  long get(int index) {
    return get(data, width, index);
  }

  boolean contains(long value) {
    return search(value) >= 0;
  }

  boolean add(long value) {
    int found = search(value);
    if (found >= 0) {
      return false;
    }
    int at = -found - 1;
    int wide = Math.max(width, width(value));
    byte[] grown = new byte[(size + 1) * wide];
    if (wide == width) {
      System.arraycopy(data, 0, grown, 0, at * width);
      System.arraycopy(data, at * width, grown, (at + 1) * width, (size - at) * width);
    } else {
      for (int i = 0; i < size; i++) {
        set(grown, wide, i < at ? i : i + 1, get(i));
      }
    }
    set(grown, wide, at, value);
    data = grown;
    width = wide;
    size++;
    return true;
  }

  boolean remove(long value) {
    int at = search(value);
    if (at < 0) {
      return false;
    }
    byte[] shrunk = Arrays.copyOf(data, (size - 1) * width);
    System.arraycopy(data, (at + 1) * width, shrunk, at * width, (size - at - 1) * width);
    data = shrunk;
    size--;
    return true;
  }

  IntSet copy() {
    IntSet copy = new IntSet();
    copy.data = data.clone();
    copy.width = width;
    copy.size = size;
    return copy;
  }

  private int search(long value) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Long.compare(get(middle), value);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  private static int width(long value) {
    if (value == (short) value) {
      return Short.BYTES;
    }
    return value == (int) value ? Integer.BYTES : Long.BYTES;
  }

  private static long get(byte[] data, int width, int index) {
    return switch (width) {
      case Short.BYTES -> (short) SHORTS.get(data, index * width);
      case Integer.BYTES -> (int) INTS.get(data, index * width);
      default -> (long) LONGS.get(data, index * width);
    };
  }

  private static void set(byte[] data, int width, int index, long value) {
    switch (width) {
      case Short.BYTES -> SHORTS.set(data, index * width, (short) value);
      case Integer.BYTES -> INTS.set(data, index * width, (int) value);
      default -> LONGS.set(data, index * width, value);
    }
  }
}
