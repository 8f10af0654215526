package io.shardquake.harness.cluster.move;

import java.util.OptionalInt;

/**
 * How many keys go into one MIGRATE. The server that sends them does nothing else meanwhile, so the
 * size follows the time that the last batches took: doubled while they are quick, halved as soon as
 * one is slow. However few the keys, no more bytes go together than are sent in about that time.
 * Not thread-safe.
 */
final class BatchSize {
  private static final int FIRST = 16;
  private static final int LARGEST = 1024;
  private static final long MOST_BYTES = 2L << 20;
  private static final long QUICK_NANOS = 2_000_000;
  private static final long SLOW_NANOS = 8_000_000;

  private final boolean fixed;
  private int size;

  /**
   * @param fixed the size to keep to; empty to adapt
   */
  BatchSize(OptionalInt fixed) {
    this.fixed = fixed.isPresent();
    this.size = fixed.orElse(FIRST);
  }

  int get() {
    return size;
  }

  /**
   * Where the batch ends that begins at a key: it holds that key, and others while they fit.
   *
   * @param bytes what each key takes, as far as is known
   * @param start the number of the first key
   * @return the number of the first key of the next batch
   */
  int end(long[] bytes, int start) {
    int most = Math.min(bytes.length, start + size);
    int end = start + 1;
    long sum = bytes[start];
    while (end < most && sum + bytes[end] <= MOST_BYTES) {
      sum += bytes[end++];
    }
    return end;
  }

  /** A full batch took this long. */
  void took(long nanos) {
    if (fixed) {
      return;
    }
    if (nanos > SLOW_NANOS) {
      size = Math.max(1, size / 2);
    } else if (nanos < QUICK_NANOS) {
      size = Math.min(LARGEST, size * 2);
    }
  }

  /** A batch has failed by taking too long altogether. */
  void failed() {
    size = 1;
  }
}
