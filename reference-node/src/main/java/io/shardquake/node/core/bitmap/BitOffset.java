package io.shardquake.node.core.bitmap;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.resp.StrictInteger;
import io.shardquake.node.core.value.StringValue;

/** Where a bit is: its offset as an argument, and room for it in a string. */
final class BitOffset {
  private final Configuration configuration;

  BitOffset(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * An argument as the number of a bit.
   *
   * @param width of the field for which {@code #n} stands for the n-th; 0 if that is not allowed
   * @throws ErrorReply if it is none, or beyond the longest string
   */
  long parse(CommandContext context, int index, int width) {
    byte[] text = context.argument(index);
    boolean counted = width > 0 && text.length > 0 && text[0] == '#';
    long number = StrictInteger.parse(text, counted ? 1 : 0, text.length);
    long unit = counted ? width : 1;
    boolean fits = number >= 0 && number <= Long.MAX_VALUE / unit;
    if (!fits || ((number * unit) >> 3) >= configuration.number("proto-max-bulk-len")) {
      throw new ErrorReply("ERR bit offset is not an integer or out of range");
    }
    return number * unit;
  }

  /** A string to be written to, made, or made long enough, if need be. */
  record Room(StringValue value, boolean hasGrown) {
    byte[] bytes() {
      return value.bytes();
    }
  }

  /**
   * Makes room up to a bit; a string that is new has yet to be stored.
   *
   * @throws ErrorReply if the key holds no string
   */
  static Room reach(CommandContext context, byte[] key, long bit) {
    int length = Math.toIntExact(bit >> 3) + 1;
    StringValue value = context.writeString(key);
    if (value == null) {
      return new Room(StringValue.ofBuffer(new byte[length]), true);
    }
    boolean grows = value.bytes().length < length;
    value.writable(length);
    return new Room(value, grows);
  }
}
