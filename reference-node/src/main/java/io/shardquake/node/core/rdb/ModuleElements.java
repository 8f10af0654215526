package io.shardquake.node.core.rdb;

/** The elements that modules write, each with a code of its own kind, until a 0. */
final class ModuleElements {
  private ModuleElements() {}

  /** Passes over one element; false if it was the end. */
  static boolean skip(RdbInput in) throws Underflow, CorruptRdb {
    long code = in.length();
    switch ((int) code) {
      case 0 -> {}
      case 1, 2 -> in.length();
      case 3 -> in.int32();
      case 4 -> in.int64();
      case 5 -> in.string();
      default -> throw new CorruptRdb("modules write no element of kind " + code);
    }
    return code != 0;
  }
}
