package io.shardquake.node.core.value;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The ID of a stream's entry: milliseconds and a sequence number, both unsigned.
 *
 * @param millis usually Unix milliseconds
 */
public record StreamId(long millis, long sequence) implements Comparable<StreamId> {
  public static final StreamId LEAST = new StreamId(0, 0);
  public static final StreamId GREATEST = new StreamId(-1, -1);

  @Override
  public int compareTo(StreamId other) {
    int order = Long.compareUnsigned(millis, other.millis);
    return order != 0 ? order : Long.compareUnsigned(sequence, other.sequence);
  }

  public boolean isLess(StreamId than) {
    return compareTo(than) < 0;
  }

  public boolean isZero() {
    return millis == 0 && sequence == 0;
  }

  /** The ID right after this one; empty after the greatest. */
  public Optional<StreamId> next() {
    if (equals(GREATEST)) {
      return Optional.empty();
    }
    return Optional.of(
        sequence == -1 ? new StreamId(millis + 1, 0) : new StreamId(millis, sequence + 1));
  }

  /** The ID right before this one; empty before the least. */
  public Optional<StreamId> previous() {
    if (isZero()) {
      return Optional.empty();
    }
    return Optional.of(
        sequence == 0 ? new StreamId(millis - 1, -1) : new StreamId(millis, sequence - 1));
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(millis) + "-" + Long.toUnsignedString(sequence);
  }

  /** As {@link #toString}, in bytes. */
  public byte[] bytes() {
    return toString().getBytes(StandardCharsets.US_ASCII);
  }
}
