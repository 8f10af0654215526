package io.shardquake.node.core.bitmap;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;

/** Single bits. */
final class BitCommands implements CommandGroup {
  private final BitOffset offsets;

  BitCommands(BitOffset offsets) {
    this.offsets = offsets;
  }

  @Override
  public void register(CommandTable table) {
    table.add("setbit", this::setbit);
    table.add("getbit", this::getbit);
  }

  private void setbit(CommandContext context) {
    long offset = offsets.parse(context, 2, 0);
    int bit = bit(context);
    byte[] key = context.argument(1);
    BitOffset.Room room = BitOffset.reach(context, key, offset);
    byte[] bytes = room.bytes();
    int at = (int) (offset >> 3);
    int mask = 0x80 >> (offset & 7);
    int before = (bytes[at] & mask) == 0 ? 0 : 1;
    if (room.hasGrown() || before != bit) {
      bytes[at] = (byte) (bit == 1 ? bytes[at] | mask : bytes[at] & ~mask);
      context.store(key, room.value());
    }
    context.reply().integer(before);
  }

  private static int bit(CommandContext context) {
    byte[] text = context.argument(3);
    if (text.length != 1 || (text[0] != '0' && text[0] != '1')) {
      throw new ErrorReply("ERR bit is not an integer or out of range");
    }
    return text[0] - '0';
  }

  private void getbit(CommandContext context) {
    long offset = offsets.parse(context, 2, 0);
    byte[] bytes = context.readString(context.argument(1));
    long at = offset >> 3;
    boolean set =
        bytes != null && at < bytes.length && (bytes[(int) at] & (0x80 >> (offset & 7))) != 0;
    context.reply().integer(set ? 1 : 0);
  }
}
