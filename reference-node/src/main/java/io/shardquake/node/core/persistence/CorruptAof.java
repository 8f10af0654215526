package io.shardquake.node.core.persistence;

/** The bytes are no append-only file; the message says what was found, and where. */
final class CorruptAof extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * A complaint.
   *
   * @param found in words
   * @param offset of the request in the file, in bytes
   */
  CorruptAof(String found, long offset) {
    super("found " + found + " in the request at byte " + offset);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
