package io.shardquake.checkers.history;

/** How a {@link History} holds a value, which says which of its primitive accessors give it. */
public enum Shape {
  /** {@link Value.Nil}. */
  NIL(0),
  /** {@link Value.Int}. */
  INT(1),
  /** A {@link Value.Sequence} of two {@link Value.Int}s, each within 32 bits. */
  PAIR(2),
  /** Anything else: an object. */
  OTHER(3);

  private final int code;

  Shape(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Shape ofCode(int code) {
    return switch (code) {
      case 0 -> NIL;
      case 1 -> INT;
      case 2 -> PAIR;
      default -> OTHER;
    };
  }
}
