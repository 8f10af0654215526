package io.shardquake.node.core.strings;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.value.StringValue;
import java.util.Arrays;

/** Parts of strings. */
final class RangeCommands implements CommandGroup {
  private static final byte[] EMPTY = new byte[0];

  private final Configuration configuration;

  RangeCommands(Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  public void register(CommandTable table) {
    table.add("append", this::append);
    table.add("setrange", this::setrange);
    table.add("getrange", RangeCommands::getrange);
    table.add("substr", RangeCommands::getrange);
  }

  private void append(CommandContext context) {
    byte[] key = context.argument(1);
    byte[] added = context.argument(2);
    StringValue value = context.writeString(key);
    if (value == null) {
      context.keyspace().put(key, new StringValue(added));
      context.reply().integer(added.length);
      return;
    }
    int before = value.bytes().length;
    checkLength(before, added.length);
    byte[] joined = Arrays.copyOf(value.bytes(), before + added.length);
    System.arraycopy(added, 0, joined, before, added.length);
    value.modify(joined);
    context.touch(key);
    context.reply().integer(joined.length);
  }

  private void checkLength(long length, long added) {
    long sum = length + added;
    if (sum < 0 || sum > configuration.number("proto-max-bulk-len")) {
      throw new ErrorReply("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
    }
  }

  private void setrange(CommandContext context) {
    byte[] key = context.argument(1);
    byte[] part = context.argument(3);
    long offset = context.integer(2);
    if (offset < 0) {
      throw new ErrorReply("ERR offset is out of range");
    }
    StringValue value = context.writeString(key);
    if (part.length == 0) {
      context.reply().integer(value == null ? 0 : value.bytes().length);
      return;
    }
    checkLength(offset, part.length);
    int end = (int) offset + part.length;
    if (value == null) {
      value = StringValue.ofBuffer(new byte[end]);
      System.arraycopy(part, 0, value.bytes(), (int) offset, part.length);
      context.keyspace().put(key, value);
    } else {
      System.arraycopy(part, 0, value.writable(end), (int) offset, part.length);
      context.touch(key);
    }
    context.reply().integer(value.bytes().length);
  }

  private static void getrange(CommandContext context) {
    long start = context.integer(2);
    long end = context.integer(3);
    byte[] value = context.readString(context.argument(1));
    if (value == null) {
      context.reply().bulk(EMPTY);
      return;
    }
    if (start < 0 && end < 0 && start > end) {
      context.reply().bulk(EMPTY);
      return;
    }
    long from = Math.max(0, start < 0 ? start + value.length : start);
    long to = Math.max(0, end < 0 ? end + value.length : end);
    to = Math.min(to, value.length - 1L);
    context.reply().bulk(from > to ? EMPTY : Arrays.copyOfRange(value, (int) from, (int) to + 1));
  }
}
