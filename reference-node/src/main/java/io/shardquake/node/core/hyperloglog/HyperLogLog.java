package io.shardquake.node.core.hyperloglog;

import io.shardquake.node.core.command.ErrorReply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A HyperLogLog in the string that Redis keeps it in: {@code HYLL}, the encoding, three zeros, the
 * cardinality as last counted (its highest bit tells that it no longer holds), then the registers,
 * of six bits each (dense) or in runs (sparse). Not thread-safe.
 */
final class HyperLogLog {
  static final int INDEX_BITS = 14;
  static final int REGISTERS = 1 << INDEX_BITS;
  static final int HEADER = 16;

  private static final int REGISTER_BITS = 6;
  private static final int REGISTER_MASK = (1 << REGISTER_BITS) - 1;
  private static final int DENSE_LENGTH = HEADER + REGISTERS * REGISTER_BITS / 8;
  private static final int ENCODING = 4;
  private static final int COUNT = 8;
  private static final byte DENSE = 0;
  private static final byte SPARSE = 1;
  private static final byte STALE = (byte) 0x80;
  private static final byte[] MAGIC = "HYLL".getBytes(StandardCharsets.US_ASCII);

  private final long longestSparse;
  private byte[] bytes;

  private HyperLogLog(byte[] bytes, long longestSparse) {
    this.bytes = bytes;
    this.longestSparse = longestSparse;
  }

  /** An empty one. */
  static HyperLogLog empty(long longestSparse) {
    byte[] bytes = Arrays.copyOf(MAGIC, HEADER + 2);
    bytes[ENCODING] = SPARSE;
    bytes[HEADER] = 0x40 | ((REGISTERS - 1) >> 8);
    bytes[HEADER + 1] = (byte) (REGISTERS - 1);
    return new HyperLogLog(bytes, longestSparse);
  }

  /**
   * The one that a string holds, which is not written to.
   *
   * @throws ErrorReply if it does not begin like one
   */
  static HyperLogLog of(byte[] string, long longestSparse) {
    boolean isOne =
        string.length >= HEADER
            && Arrays.equals(string, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
            && (string[ENCODING] == SPARSE
                || (string[ENCODING] == DENSE && string.length == DENSE_LENGTH));
    if (!isOne) {
      throw new ErrorReply("WRONGTYPE Key is not a valid HyperLogLog string value.");
    }
    return new HyperLogLog(string.clone(), longestSparse);
  }

  static ErrorReply corrupted() {
    return new ErrorReply("INVALIDOBJ Corrupted HLL object detected");
  }

  byte[] bytes() {
    return bytes;
  }

  boolean isDense() {
    return bytes[ENCODING] == DENSE;
  }

  /** Sees an element; true if that changed a register. */
  boolean add(byte[] element) {
    long hash = Murmur64.of(element);
    int index = (int) (hash & (REGISTERS - 1));
    long rest = (hash >>> INDEX_BITS) | (1L << (Long.SIZE - INDEX_BITS));
    return raise(index, Long.numberOfTrailingZeros(rest) + 1);
  }

  /** Raises a register to a value; true if it was less. */
  boolean raise(int index, int to) {
    if (!isDense()) {
      if (to <= SparseRegisters.GREATEST_VALUE) {
        SparseRegisters.Change change = SparseRegisters.raise(bytes, index, to, longestSparse);
        if (!change.tooLong()) {
          bytes = change.hll();
          return change.changed();
        }
      }
      makeDense();
    }
    if (dense(index) >= to) {
      return false;
    }
    setDense(index, to);
    return true;
  }

  /** Takes the dense form, once and for all. */
  void makeDense() {
    if (isDense()) {
      return;
    }
    byte[] registers = registers();
    byte[] dense = Arrays.copyOf(bytes, DENSE_LENGTH);
    Arrays.fill(dense, HEADER, DENSE_LENGTH, (byte) 0);
    dense[ENCODING] = DENSE;
    bytes = dense;
    for (int i = 0; i < REGISTERS; i++) {
      if (registers[i] > 0) {
        setDense(i, registers[i]);
      }
    }
  }

  private int dense(int index) {
    int bit = index * REGISTER_BITS;
    int at = HEADER + bit / 8;
    int pair = (bytes[at] & 0xff) | (at + 1 < bytes.length ? (bytes[at + 1] & 0xff) << 8 : 0);
    return (pair >> (bit % 8)) & REGISTER_MASK;
  }

  private void setDense(int index, int value) {
    int bit = index * REGISTER_BITS;
    int at = HEADER + bit / 8;
    int shift = bit % 8;
    int mask = REGISTER_MASK << shift;
    bytes[at] = (byte) ((bytes[at] & ~mask) | (value << shift));
    if (at + 1 < bytes.length) {
      bytes[at + 1] = (byte) ((bytes[at + 1] & ~(mask >> 8)) | ((value << shift) >> 8));
    }
  }

  /**
   * The values of all registers.
   *
   * @throws ErrorReply if they are not exactly as many as there should be
   */
  byte[] registers() {
    byte[] values = new byte[REGISTERS];
    if (isDense()) {
      for (int i = 0; i < REGISTERS; i++) {
        values[i] = (byte) dense(i);
      }
    } else {
      boolean whole =
          SparseRegisters.visit(
              bytes,
              (first, length, value) -> Arrays.fill(values, first, first + length, (byte) value));
      if (!whole) {
        throw corrupted();
      }
    }
    return values;
  }

  /** How many different elements some registers have seen, about. */
  static long count(byte[] registers) {
    int[] histogram = new int[Long.SIZE];
    for (byte value : registers) {
      histogram[value]++;
    }
    return Estimator.of(histogram);
  }

  /** Whether the cardinality as last counted still holds. */
  boolean knowsCount() {
    return (bytes[HEADER - 1] & STALE) == 0;
  }

  long knownCount() {
    long count = 0;
    for (int i = 7; i >= 0; i--) {
      count = (count << 8) | (bytes[COUNT + i] & 0xff);
    }
    return count;
  }

  void noteCount(long count) {
    for (int i = 0; i < 8; i++) {
      bytes[COUNT + i] = (byte) (count >>> (8 * i));
    }
  }

  /** The cardinality as last counted no longer holds. */
  void forgetCount() {
    bytes[HEADER - 1] |= STALE;
  }
}
