package io.shardquake.node.core.value;

import io.shardquake.node.core.resp.StrictInteger;
import java.util.Arrays;

/** A byte string; also the bitmaps, counters and HyperLogLogs that are built on it. */
public final class StringValue extends Value {
  private static final int LONGEST_EMBEDDED = 44;

  private byte[] bytes;
  private boolean modified;
  private boolean text;

  /** Holds the array itself, which must not be written to by anyone else afterwards. */
  public StringValue(byte[] bytes) {
    this.bytes = bytes;
  }

  /** As the constructor, for results that Redis never stores as an integer. */
  public static StringValue ofText(byte[] bytes) {
    StringValue value = new StringValue(bytes);
    value.text = true;
    return value;
  }

  /** As the constructor, for what Redis builds in a buffer: raw from the start. */
  public static StringValue ofBuffer(byte[] bytes) {
    StringValue value = new StringValue(bytes);
    value.modified = true;
    return value;
  }

  /** The bytes themselves, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** Replaces the bytes after a change in place (APPEND, SETRANGE, SETBIT), which leaves raw. */
  public void modify(byte[] changed) {
    this.bytes = changed;
    this.modified = true;
  }

  /**
   * The bytes to be changed in place, which leaves the value raw.
   *
   * @param least how long the value has to be; what is added are zeros
   */
  public byte[] writable(int least) {
    // An array that came with a request may still be on its way to replicas.
    if (!modified || bytes.length < least) {
      modify(Arrays.copyOf(bytes, Math.max(bytes.length, least)));
    }
    return bytes;
  }

  @Override
  public String type() {
    return "string";
  }

  @Override
  public String encoding() {
    if (!modified && !text && bytes.length <= 20 && StrictInteger.isCanonical(bytes)) {
      return "int";
    }
    return !modified && bytes.length <= LONGEST_EMBEDDED ? "embstr" : "raw";
  }

  @Override
  public StringValue copy() {
    StringValue copy = new StringValue(bytes.clone());
    copy.modified = modified;
    copy.text = text;
    return copy;
  }
}
