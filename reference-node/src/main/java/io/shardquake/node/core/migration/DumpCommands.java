package io.shardquake.node.core.migration;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.defect.Defect;
import io.shardquake.node.core.keyspace.Keyspace;
import io.shardquake.node.core.rdb.CorruptRdb;
import io.shardquake.node.core.rdb.DumpPayload;
import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** DUMP, RESTORE and RESTORE-ASKING. */
public final class DumpCommands implements CommandGroup {
  private final Supplier<EncodingLimits> limits;
  private final boolean importsStayHere;

  /**
   * The group.
   *
   * @param limits those in force when a value is restored
   */
  public DumpCommands(Configuration configuration, Supplier<EncodingLimits> limits) {
    this.limits = limits;
    this.importsStayHere = configuration.has(Defect.KEEP_IMPORTS_FROM_REPLICAS);
  }

  @Override
  public void register(CommandTable table) {
    table.add("dump", DumpCommands::dump);
    table.add("restore", this::restore);
    table.add("restore-asking", this::importKey);
  }

  private static void dump(CommandContext context) {
    Value value = context.read(context.argument(1));
    if (value == null) {
      context.reply().nullBulk();
    } else {
      context.reply().bulk(DumpPayload.of(value));
    }
  }

  private void importKey(CommandContext context) {
    restore(context);
    if (importsStayHere) {
      context.propagateNothing();
    }
  }

  private void restore(CommandContext context) {
    RestoreOptions options = RestoreOptions.parse(context);
    byte[] key = context.argument(1);
    if (!options.replace() && context.exists(key)) {
      throw new ErrorReply("BUSYKEY Target key name already exists.");
    }
    long ttl = context.integer(2);
    if (ttl < 0) {
      throw new ErrorReply("ERR Invalid TTL value, must be >= 0");
    }
    Value value = value(context.argument(3));
    Keyspace keyspace = context.keyspace();
    boolean replaced = options.replace() && keyspace.remove(key);
    long expiry = ttl == 0 || options.absolute() ? ttl : ttl + context.nowMillis();
    if (ttl != 0 && isPast(expiry, context)) {
      if (replaced) {
        context.propagateInstead("DEL", key);
      }
      context.reply().ok();
      return;
    }
    keyspace.put(key, value);
    if (ttl != 0) {
      keyspace.expireAt(key, expiry);
      if (!options.absolute()) {
        propagateAbsolute(context, expiry);
      }
    }
    context.reply().ok();
  }

  /** A master does not even begin with what has expired; whoever follows a stream does. */
  private static boolean isPast(long expiry, CommandContext context) {
    return expiry <= context.nowMillis() && context.client().kind() != Client.Kind.MASTER;
  }

  private Value value(byte[] payload) {
    if (!DumpPayload.isIntact(payload)) {
      throw new ErrorReply("ERR DUMP payload version or checksum are wrong");
    }
    try {
      return DumpPayload.read(payload, limits.get());
    } catch (CorruptRdb e) {
      throw new ErrorReply("ERR Bad data format");
    }
  }

  /** Those who hear of the command later must let the key live no longer. */
  private static void propagateAbsolute(CommandContext context, long expiry) {
    List<byte[]> words = new ArrayList<>(Arrays.asList(context.arguments()));
    words.set(2, Long.toString(expiry).getBytes(StandardCharsets.US_ASCII));
    words.add("ABSTTL".getBytes(StandardCharsets.US_ASCII));
    context.propagateInstead(
        context.text(0), words.subList(1, words.size()).toArray(byte[][]::new));
  }
}
