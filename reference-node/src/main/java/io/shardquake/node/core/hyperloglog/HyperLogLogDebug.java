package io.shardquake.node.core.hyperloglog;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandHandler;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.value.StringValue;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.LongSupplier;

/** PFDEBUG, which looks into a HyperLogLog, and PFSELFTEST. */
final class HyperLogLogDebug implements CommandHandler {
  private static final int ELEMENTS = 50_000;

  /** Six times the standard error of so many registers. */
  private static final double TOLERATED_ERROR = 6 * 1.04 / 128;

  private final LongSupplier longestSparse;

  HyperLogLogDebug(LongSupplier longestSparse) {
    this.longestSparse = longestSparse;
  }

  @Override
  public void execute(CommandContext context) {
    byte[] key = context.argument(2);
    StringValue value = context.writeString(key);
    if (value == null) {
      throw new ErrorReply("ERR The specified key does not exist");
    }
    HyperLogLog log = HyperLogLog.of(value.bytes(), longestSparse.getAsLong());
    switch (context.text(1).toLowerCase(Locale.ROOT)) {
      case "getreg" -> registers(context, value, log);
      case "decode" -> decode(context, log);
      case "encoding" -> context.reply().simple(log.isDense() ? "dense" : "sparse");
      case "todense" -> context.reply().integer(makeDense(context, value, log) ? 1 : 0);
      default -> throw new ErrorReply("ERR Unknown PFDEBUG subcommand '" + context.quoted(1) + "'");
    }
  }

  private static void registers(CommandContext context, StringValue value, HyperLogLog log) {
    makeDense(context, value, log);
    context.reply().array(HyperLogLog.REGISTERS);
    for (byte register : log.registers()) {
      context.reply().integer(register);
    }
  }

  private static void decode(CommandContext context, HyperLogLog log) {
    if (log.isDense()) {
      throw new ErrorReply("ERR HLL encoding is not sparse");
    }
    context.reply().bulk(SparseRegisters.describe(log.bytes()));
  }

  private static boolean makeDense(CommandContext context, StringValue value, HyperLogLog log) {
    if (log.isDense()) {
      return false;
    }
    log.makeDense();
    HyperLogLogCommands.store(context, context.argument(2), value, log);
    return true;
  }

  /** Counts many elements in both forms, and looks whether the estimates are good. */
  static void test(CommandContext context, long longestSparse) {
    HyperLogLog dense = HyperLogLog.empty(longestSparse);
    dense.makeDense();
    HyperLogLog growing = HyperLogLog.empty(longestSparse);
    for (int i = 0; i < ELEMENTS; i++) {
      byte[] element = ByteBuffer.allocate(Integer.BYTES).putInt(i).array();
      dense.add(element);
      growing.add(element);
    }
    long counted = HyperLogLog.count(dense.registers());
    if (counted != HyperLogLog.count(growing.registers())) {
      throw new ErrorReply("TESTFAILED dense/sparse disagree");
    }
    if (Math.abs(counted - ELEMENTS) > ELEMENTS * TOLERATED_ERROR) {
      throw new ErrorReply(
          "TESTFAILED Too big error. card:" + ELEMENTS + " abserr:" + Math.abs(counted - ELEMENTS));
    }
    context.reply().ok();
  }
}
