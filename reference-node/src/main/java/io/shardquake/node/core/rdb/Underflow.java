package io.shardquake.node.core.rdb;

/** The input ended, for now, within an element: it has to be read again when there is more. */
final class Underflow extends Exception {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("StaticAssignmentOfThrowable") // Has no stack trace that could be misleading.
  static final Underflow INSTANCE = new Underflow();

  private Underflow() {
    super("", null, false, false);
  }
}
