package io.shardquake.node.core.value;

import io.shardquake.node.core.resp.StrictInteger;

/** A byte string; also the bitmaps, counters and HyperLogLogs that are built on it. */
public final class StringValue implements Value {
  private static final int LONGEST_EMBEDDED = 44;

  private byte[] bytes;
  private boolean modified;

  /** Holds the array itself, which must not be written to by anyone else afterwards. */
  public StringValue(byte[] bytes) {
    this.bytes = bytes;
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

  @Override
  public String type() {
    return "string";
  }

  @Override
  public String encoding() {
    if (!modified && bytes.length <= 20 && StrictInteger.isCanonical(bytes)) {
      return "int";
    }
    return !modified && bytes.length <= LONGEST_EMBEDDED ? "embstr" : "raw";
  }

  @Override
  public StringValue copy() {
    StringValue copy = new StringValue(bytes.clone());
    copy.modified = modified;
    return copy;
  }
}
