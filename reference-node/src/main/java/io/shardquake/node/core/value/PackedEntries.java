package io.shardquake.node.core.value;

import java.util.Arrays;

/**
 * Byte strings one behind the other in one array, as in Redis's listpack: each with its length
 * before it, and behind it a length to step back by. An entry is named by its offset, which holds
 * until something before it changes. Not thread-safe.
 *
 * <pre>
 *   | length, 7 bits a byte, low first | bytes | size of both, 7 bits a byte, readable backwards |
 * </pre>
 */
class PackedEntries {
  private static final byte[] EMPTY = {};
  private static final int EXACT_BELOW = 256;

  private byte[] data = EMPTY;
  private int used;
  private int count;

  /** Number of entries. */
  final int count() {
    return count;
  }

  /** The offset behind the last entry. */
  final int end() {
    return used;
  }

  /** The offset of the entry after one. */
  final int next(int at) {
    int length = length(at);
    int size = prefixSize(length) + length;
    return at + size + prefixSize(size);
  }

  /** The offset of the entry before one, or before {@link #end()}. */
  final int previous(int at) {
    int size = 0;
    int shift = 0;
    int i = at - 1;
    while (true) {
      size |= (data[i] & 0x7f) << shift;
      if ((data[i] & 0x80) == 0) {
        return i - size;
      }
      shift += 7;
      i--;
    }
  }

  /** The offset of an entry by its number, from the nearer end. */
  final int offset(int index) {
    int at;
    if (index <= count / 2) {
      at = 0;
      for (int i = 0; i < index; i++) {
        at = next(at);
      }
    } else {
      at = used;
      for (int i = count; i > index; i--) {
        at = previous(at);
      }
    }
    return at;
  }

  /** Length of an entry's bytes. */
  final int length(int at) {
    int length = 0;
    int shift = 0;
    int i = at;
    while (true) {
      length |= (data[i] & 0x7f) << shift;
      if ((data[i] & 0x80) == 0) {
        return length;
      }
      shift += 7;
      i++;
    }
  }

  /** A copy of an entry's bytes. */
  final byte[] get(int at) {
    int length = length(at);
    int from = at + prefixSize(length);
    return Arrays.copyOfRange(data, from, from + length);
  }

  /** Compares an entry with a text, byte by byte without sign. */
  final int compare(int at, byte[] text) {
    int length = length(at);
    int from = at + prefixSize(length);
    return Arrays.compareUnsigned(data, from, from + length, text, 0, text.length);
  }

  /** Whether an entry is equal to a text. */
  final boolean matches(int at, byte[] text) {
    int length = length(at);
    if (length != text.length) {
      return false;
    }
    int from = at + prefixSize(length);
    return Arrays.equals(data, from, from + length, text, 0, length);
  }

  /** The offset of the first of the entries 0, stride, 2 stride… that equals a text; -1 if none. */
  final int find(byte[] text, int stride) {
    int at = 0;
    while (at < used) {
      if (matches(at, text)) {
        return at;
      }
      for (int i = 0; i < stride; i++) {
        at = next(at);
      }
    }
    return -1;
  }

  /** The eight bytes of an entry as a number. */
  final double real(int at) {
    long bits = 0;
    for (int i = 1; i <= Double.BYTES; i++) {
      bits = (bits << 8) | (data[at + i] & 0xff);
    }
    return Double.longBitsToDouble(bits);
  }

  /** A number in eight bytes, to be read by {@link #real}. */
  static byte[] bytes(double value) {
    long bits = Double.doubleToRawLongBits(value);
    byte[] bytes = new byte[Double.BYTES];
    for (int i = 0; i < Double.BYTES; i++) {
      bytes[i] = (byte) (bits >>> (8 * (Double.BYTES - 1 - i)));
    }
    return bytes;
  }

  /** Puts an entry before the one at an offset, or last; gives the offset behind it. */
  final int insert(int at, byte[] text) {
    int size = prefixSize(text.length) + text.length;
    int total = size + prefixSize(size);
    open(at, total);
    write(at, text, size);
    count++;
    return at + total;
  }

  /** Gives an entry other bytes. */
  final void replace(int at, byte[] text) {
    int size = prefixSize(text.length) + text.length;
    int total = size + prefixSize(size);
    int old = next(at) - at;
    if (total > old) {
      open(at, total - old);
    } else {
      close(at, old - total);
    }
    write(at, text, size);
  }

  /** Removes some entries from an offset on. */
  final void remove(int at, int entries) {
    int to = at;
    for (int i = 0; i < entries; i++) {
      to = next(to);
    }
    close(at, to - at);
    count -= entries;
  }

  final void clear() {
    data = EMPTY;
    used = 0;
    count = 0;
  }

  /** Moves the entries from an offset on to another, empty place. */
  final void moveTail(int at, int entries, PackedEntries to) {
    to.data = Arrays.copyOfRange(data, at, used);
    to.used = used - at;
    to.count = entries;
    used = at;
    count -= entries;
  }

  final void copyTo(PackedEntries to) {
    to.data = Arrays.copyOf(data, used);
    to.used = used;
    to.count = count;
  }

  private void open(int at, int bytes) {
    int needed = Math.addExact(used, bytes);
    if (needed > data.length) {
      // Small collections are many, so they get no slack; large ones must not copy at each step.
      int capacity = needed < EXACT_BELOW ? needed : (int) Math.min(needed * 3L / 2, 1 << 30);
      data = Arrays.copyOf(data, Math.max(needed, capacity));
    }
    System.arraycopy(data, at, data, at + bytes, used - at);
    used = needed;
  }

  private void close(int at, int bytes) {
    System.arraycopy(data, at + bytes, data, at, used - at - bytes);
    used -= bytes;
    if (data.length - used > EXACT_BELOW && used < data.length / 2) {
      data = Arrays.copyOf(data, used);
    }
  }

  private void write(int at, byte[] text, int size) {
    int i = at;
    int rest = text.length;
    while (rest >= 0x80) {
      data[i++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    data[i++] = (byte) rest;
    System.arraycopy(text, 0, data, i, text.length);
    i += text.length;
    // Read from behind, low bits come first: so they are written last.
    int backSize = prefixSize(size);
    for (int k = backSize - 1; k >= 0; k--) {
      int more = k == backSize - 1 ? 0 : 0x80;
      data[i++] = (byte) (((size >>> (7 * k)) & 0x7f) | more);
    }
  }

  private static int prefixSize(int length) {
    int size = 1;
    for (int rest = length; rest >= 0x80; rest >>>= 7) {
      size++;
    }
    return size;
  }
}
