package io.shardquake.checkers.durability;

/** A key cannot be judged; the message says why. */
final class UndecidedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UndecidedException(String message) {
    super(message);
  }
}
