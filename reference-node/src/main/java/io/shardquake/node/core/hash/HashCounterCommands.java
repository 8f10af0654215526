package io.shardquake.node.core.hash;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.resp.LongDouble;
import io.shardquake.node.core.resp.RealNumber;
import io.shardquake.node.core.resp.StrictInteger;
import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.HashValue;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** HINCRBY and HINCRBYFLOAT. */
public final class HashCounterCommands implements CommandGroup {
  private final Supplier<EncodingLimits> limits;

  public HashCounterCommands(Supplier<EncodingLimits> limits) {
    this.limits = limits;
  }

  @Override
  public void register(CommandTable table) {
    table.add("hincrby", this::add);
    table.add("hincrbyfloat", this::addReal);
  }

  private void add(CommandContext context) {
    long increment = context.integer(3);
    byte[] key = context.argument(1);
    HashValue hash = HashCommands.writeOrCreate(context, key);
    byte[] old = hash.get(context.argument(2));
    if (old != null && !StrictInteger.isCanonical(old)) {
      throw new ErrorReply("ERR hash value is not an integer");
    }
    long before = old == null ? 0 : StrictInteger.parse(old, 0, old.length);
    long sum = before + increment;
    if (((before ^ sum) & (increment ^ sum)) < 0) {
      throw new ErrorReply("ERR increment or decrement would overflow");
    }
    set(context, key, hash, Long.toString(sum));
    context.reply().integer(sum);
  }

  private void addReal(CommandContext context) {
    byte[] argument = context.argument(3);
    if (Double.isNaN(RealNumber.parse(argument)) && LongDouble.parse(argument).isEmpty()) {
      throw ErrorReply.notAFloat();
    }
    LongDouble increment =
        LongDouble.parse(argument)
            .orElseThrow(() -> new ErrorReply("ERR value is NaN or Infinity"));
    byte[] key = context.argument(1);
    HashValue hash = HashCommands.writeOrCreate(context, key);
    byte[] old = hash.get(context.argument(2));
    if (old != null && LongDouble.isInfinite(old)) {
      throw tooLarge();
    }
    LongDouble before =
        old == null
            ? LongDouble.ZERO
            : LongDouble.parse(old)
                .orElseThrow(() -> new ErrorReply("ERR hash value is not a float"));
    String sum = before.plus(increment).orElseThrow(HashCounterCommands::tooLarge).format();
    set(context, key, hash, sum);
    byte[] text = sum.getBytes(StandardCharsets.US_ASCII);
    context.reply().bulk(text);
    // Replicas might compute with other precision: they are told the outcome.
    context.propagateInstead("HSET", key, context.argument(2), text);
  }

  private static ErrorReply tooLarge() {
    return new ErrorReply("ERR increment would produce NaN or Infinity");
  }

  private void set(CommandContext context, byte[] key, HashValue hash, String value) {
    hash.put(context.argument(2), value.getBytes(StandardCharsets.US_ASCII), limits.get());
    context.store(key, hash);
  }
}
