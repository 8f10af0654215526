package io.shardquake.node.core.hyperloglog;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.value.StringValue;
import java.util.Arrays;

/** PFADD, PFCOUNT and PFMERGE. */
public final class HyperLogLogCommands implements CommandGroup {
  private final Configuration configuration;

  public HyperLogLogCommands(Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  public void register(CommandTable table) {
    table.add("pfadd", this::add);
    table.add("pfcount", this::count);
    table.add("pfmerge", this::merge);
    table.add("pfdebug", new HyperLogLogDebug(this::longestSparse));
    table.add("pfselftest", context -> HyperLogLogDebug.test(context, longestSparse()));
  }

  private long longestSparse() {
    return configuration.number("hll-sparse-max-bytes");
  }

  private void add(CommandContext context) {
    byte[] key = context.argument(1);
    StringValue value = context.writeString(key);
    HyperLogLog log =
        value == null
            ? HyperLogLog.empty(longestSparse())
            : HyperLogLog.of(value.bytes(), longestSparse());
    boolean changed = value == null;
    for (int i = 2; i < context.count(); i++) {
      changed |= log.add(context.argument(i));
    }
    if (changed) {
      log.forgetCount();
      store(context, key, value == null ? StringValue.ofBuffer(log.bytes()) : value, log);
    }
    context.reply().integer(changed ? 1 : 0);
  }

  static void store(CommandContext context, byte[] key, StringValue value, HyperLogLog log) {
    value.modify(log.bytes());
    context.store(key, value);
  }

  private void count(CommandContext context) {
    if (context.count() > 2) {
      context.reply().integer(HyperLogLog.count(union(context, 1).registers()));
      return;
    }
    byte[] key = context.argument(1);
    StringValue value = context.writeString(key);
    if (value == null) {
      context.reply().integer(0);
      return;
    }
    HyperLogLog log = HyperLogLog.of(value.bytes(), longestSparse());
    if (!log.knowsCount()) {
      log.noteCount(HyperLogLog.count(log.registers()));
      store(context, key, value, log);
      // Though a reading command, it goes to replicas: what it notes is part of the value.
      context.propagateInstead(
          context.text(0), Arrays.copyOfRange(context.arguments(), 1, context.count()));
    }
    context.reply().integer(log.knownCount());
  }

  /** The greatest values of the registers of several logs. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  private record Union(byte[] registers, boolean anyDense) {}

  private Union union(CommandContext context, int from) {
    byte[] registers = new byte[HyperLogLog.REGISTERS];
    boolean anyDense = false;
    for (int i = from; i < context.count(); i++) {
      byte[] bytes = context.readString(context.argument(i));
      if (bytes != null) {
        HyperLogLog log = HyperLogLog.of(bytes, longestSparse());
        anyDense |= log.isDense();
        byte[] others = log.registers();
        for (int r = 0; r < registers.length; r++) {
          registers[r] = (byte) Math.max(registers[r], others[r]);
        }
      }
    }
    return new Union(registers, anyDense);
  }

  private void merge(CommandContext context) {
    Union union = union(context, 1);
    byte[] key = context.argument(1);
    StringValue value = context.writeString(key);
    HyperLogLog log =
        value == null
            ? HyperLogLog.empty(longestSparse())
            : HyperLogLog.of(value.bytes(), longestSparse());
    if (union.anyDense()) {
      log.makeDense();
    }
    for (int i = 0; i < union.registers().length; i++) {
      if (union.registers()[i] > 0) {
        log.raise(i, union.registers()[i]);
      }
    }
    log.forgetCount();
    store(context, key, value == null ? StringValue.ofBuffer(log.bytes()) : value, log);
    context.reply().ok();
  }
}
