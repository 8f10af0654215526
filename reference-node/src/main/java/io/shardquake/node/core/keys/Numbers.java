package io.shardquake.node.core.keys;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;

/** Arguments that are numbers of 32 bits. */
final class Numbers {
  private Numbers() {}

  /**
   * An argument as a number of 32 bits.
   *
   * @throws ErrorReply in Redis's words if it is none
   */
  static int int32(CommandContext context, int index) {
    long value = context.integer(index);
    if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
      throw new ErrorReply(
          "ERR value is out of range, value must between -2147483648 and 2147483647");
    }
    return (int) value;
  }

  /**
   * An argument as a number of 32 bits.
   *
   * @throws ErrorReply with the given text if it is none
   */
  static int int32(CommandContext context, int index, String complaint) {
    try {
      return int32(context, index);
    } catch (ErrorReply error) {
      throw new ErrorReply(complaint);
    }
  }
}
