package io.shardquake.node.core.command;

import java.util.Arrays;
import java.util.List;

/**
 * The keys of a command that says how many there are (LMPOP, ZMPOP and their blocking forms).
 *
 * @param from index of the first
 * @param end index behind the last, where an argument must be
 */
public record KeyCount(int from, int end) {
  /**
   * Reads the number of keys.
   *
   * @param index of that number; the keys follow it, and something follows them
   * @throws ErrorReply if it is no such number
   */
  public static KeyCount at(CommandContext context, int index) {
    long keys = context.integer(index, 1, Long.MAX_VALUE, "ERR numkeys should be greater than 0");
    if (keys > context.count() - index - 2L) {
      throw ErrorReply.syntax();
    }
    return new KeyCount(index + 1, index + 1 + (int) keys);
  }

  public List<byte[]> in(CommandContext context) {
    return Arrays.asList(context.arguments()).subList(from, end);
  }

  /**
   * Reads {@code [COUNT n]} behind the argument that follows the keys.
   *
   * @return 1 if there is none
   * @throws ErrorReply if there is anything else
   */
  public long popCount(CommandContext context) {
    if (context.count() == end + 1) {
      return 1;
    }
    if (context.count() < end + 3 || !context.is(end + 1, "count")) {
      throw ErrorReply.syntax();
    }
    long count = context.integer(end + 2, 1, Long.MAX_VALUE, "ERR count should be greater than 0");
    if (context.count() > end + 3) {
      throw ErrorReply.syntax();
    }
    return count;
  }
}
