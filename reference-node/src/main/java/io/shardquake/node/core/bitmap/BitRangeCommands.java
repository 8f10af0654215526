package io.shardquake.node.core.bitmap;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;

/** BITCOUNT and BITPOS. */
final class BitRangeCommands implements CommandGroup {
  @Override
  public void register(CommandTable table) {
    table.add("bitcount", BitRangeCommands::bitcount);
    table.add("bitpos", BitRangeCommands::bitpos);
  }

  private static void bitcount(CommandContext context) {
    byte[] bytes = context.readString(context.argument(1));
    if (bytes == null) {
      context.reply().integer(0);
      return;
    }
    if (context.count() == 2) {
      context.reply().integer(BitRange.between(0, -1, false, bytes.length).count(bytes));
      return;
    }
    if (context.count() != 4 && context.count() != 5) {
      throw ErrorReply.syntax();
    }
    long start = context.integer(2);
    long end = context.integer(3);
    if (start < 0 && end < 0 && start > end) {
      context.reply().integer(0);
      return;
    }
    boolean bits = context.count() == 5 && countsBits(context, 4);
    context.reply().integer(BitRange.between(start, end, bits, bytes.length).count(bytes));
  }

  private static boolean countsBits(CommandContext context, int index) {
    if (context.is(index, "BIT")) {
      return true;
    }
    if (context.is(index, "BYTE")) {
      return false;
    }
    throw ErrorReply.syntax();
  }

  private static void bitpos(CommandContext context) {
    long wanted = context.integer(2);
    if (wanted != 0 && wanted != 1) {
      throw new ErrorReply("ERR The bit argument must be 1 or 0.");
    }
    byte[] bytes = context.readString(context.argument(1));
    if (bytes == null) {
      context.reply().integer(wanted == 1 ? -1 : 0);
      return;
    }
    if (context.count() > 6) {
      throw ErrorReply.syntax();
    }
    long start = context.count() > 3 ? context.integer(3) : 0;
    boolean bits = context.count() > 5 && countsBits(context, 5);
    boolean endGiven = context.count() > 4;
    long end = endGiven ? context.integer(4) : -1;
    BitRange range = BitRange.between(start, end, bits, bytes.length);
    long found = range.find(bytes, (int) wanted);
    // Without an end the string goes on in zeros for ever.
    boolean zeroBehind = found < 0 && wanted == 0 && !endGiven && !range.isEmpty();
    context.reply().integer(zeroBehind ? 8L * bytes.length : found);
  }
}
