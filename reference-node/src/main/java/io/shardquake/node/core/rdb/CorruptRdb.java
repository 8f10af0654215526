package io.shardquake.node.core.rdb;

/** The bytes are no RDB that this node can read; the message says why, in one line. */
public final class CorruptRdb extends Exception {
  private static final long serialVersionUID = 1L;

  public CorruptRdb(String reason) {
    super(reason);
  }

  /** Why; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
