package io.shardquake.node.core.bitmap;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.value.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntBinaryOperator;

/** BITOP: strings combined bit by bit; shorter ones go on in zeros. */
final class BitOperation implements CommandGroup {
  @Override
  public void register(CommandTable table) {
    table.add("bitop", BitOperation::bitop);
  }

  private static void bitop(CommandContext context) {
    String name = context.text(1).toLowerCase(Locale.ROOT);
    IntBinaryOperator operator =
        switch (name) {
          case "and" -> (a, b) -> a & b;
          case "or" -> (a, b) -> a | b;
          case "xor", "not" -> (a, b) -> a ^ b;
          default -> throw ErrorReply.syntax();
        };
    if (name.equals("not") && context.count() != 4) {
      throw new ErrorReply("ERR BITOP NOT must be called with a single source key.");
    }
    List<byte[]> sources = new ArrayList<>();
    for (int i = 3; i < context.count(); i++) {
      byte[] source = context.readString(context.argument(i));
      sources.add(source == null ? new byte[0] : source);
    }
    byte[] result = combine(sources, operator);
    if (name.equals("not")) {
      for (int i = 0; i < result.length; i++) {
        result[i] = (byte) ~result[i];
      }
    }
    store(context, context.argument(2), result);
    context.reply().integer(result.length);
  }

  private static byte[] combine(List<byte[]> sources, IntBinaryOperator operator) {
    int length = sources.stream().mapToInt(source -> source.length).max().orElse(0);
    byte[] result = new byte[length];
    for (int i = 0; i < length; i++) {
      int bits = at(sources.get(0), i);
      for (int s = 1; s < sources.size(); s++) {
        bits = operator.applyAsInt(bits, at(sources.get(s), i));
      }
      result[i] = (byte) bits;
    }
    return result;
  }

  private static int at(byte[] bytes, int index) {
    return index < bytes.length ? bytes[index] : 0;
  }

  private static void store(CommandContext context, byte[] key, byte[] result) {
    if (result.length > 0) {
      context.replace(key, StringValue.ofBuffer(result));
    } else {
      context.drop(key);
    }
  }
}
