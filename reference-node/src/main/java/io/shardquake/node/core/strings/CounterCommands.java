package io.shardquake.node.core.strings;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.resp.ExtendedReal;
import io.shardquake.node.core.resp.StrictInteger;
import io.shardquake.node.core.value.StringValue;
import java.nio.charset.StandardCharsets;

/** Strings as counters. */
final class CounterCommands implements CommandGroup {
  @Override
  public void register(CommandTable table) {
    table.add("incr", context -> add(context, 1));
    table.add("decr", context -> add(context, -1));
    table.add("incrby", context -> add(context, context.integer(2)));
    table.add("decrby", CounterCommands::decrby);
    table.add("incrbyfloat", CounterCommands::incrbyfloat);
  }

  private static void decrby(CommandContext context) {
    long amount = context.integer(2);
    if (amount == Long.MIN_VALUE) {
      throw new ErrorReply("ERR decrement would overflow");
    }
    add(context, -amount);
  }

  private static void add(CommandContext context, long amount) {
    byte[] key = context.argument(1);
    StringValue counter = context.writeString(key);
    long before = counter == null ? 0 : number(counter.bytes());
    long after = before + amount;
    if (((before ^ after) & (amount ^ after)) < 0) {
      throw new ErrorReply("ERR increment or decrement would overflow");
    }
    byte[] digits = Long.toString(after).getBytes(StandardCharsets.US_ASCII);
    context.keyspace().put(key, new StringValue(digits));
    context.reply().integer(after);
  }

  private static long number(byte[] digits) {
    long number = StrictInteger.parse(digits, 0, digits.length);
    if (number == StrictInteger.INVALID && !StrictInteger.isCanonical(digits)) {
      throw ErrorReply.notAnInteger();
    }
    return number;
  }

  private static void incrbyfloat(CommandContext context) {
    byte[] key = context.argument(1);
    StringValue counter = context.writeString(key);
    ExtendedReal before = counter == null ? ExtendedReal.ZERO : real(counter.bytes());
    ExtendedReal after = before.plus(real(context.argument(2)));
    if (!after.isFinite()) {
      throw new ErrorReply("ERR increment would produce NaN or Infinity");
    }
    byte[] digits = after.toString().getBytes(StandardCharsets.US_ASCII);
    context.keyspace().put(key, StringValue.ofText(digits));
    context.reply().bulk(digits);
    context.propagateInstead("SET", key, digits, "KEEPTTL".getBytes(StandardCharsets.US_ASCII));
  }

  private static ExtendedReal real(byte[] text) {
    return ExtendedReal.parse(text).orElseThrow(ErrorReply::notAFloat);
  }
}
