package io.shardquake.node.core.memory;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.HelpText;
import io.shardquake.node.core.info.ProcessFacts;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.keyspace.Keyspace;
import io.shardquake.node.core.replication.ReplicationView;
import io.shardquake.node.core.resp.ReplyBuffer;
import io.shardquake.node.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** MEMORY. What Redis's allocator tells, the JVM's heap has to stand for. */
public final class MemoryCommands implements CommandGroup {
  private static final long DEFAULT_SAMPLES = 5;
  private static final long LITTLE = 5L << 20;
  private static final double PERCENT = 100;

  private final Databases databases;
  private final ProcessFacts process;
  private final Supplier<ReplicationView> replication;

  public MemoryCommands(
      Databases databases, ProcessFacts process, Supplier<ReplicationView> replication) {
    this.databases = databases;
    this.process = process;
    this.replication = replication;
  }

  @Override
  public void register(CommandTable table) {
    table.add("memory|usage", MemoryCommands::usage);
    table.add("memory|stats", this::stats);
    table.add("memory|doctor", this::doctor);
    table.add("memory|malloc-stats", MemoryCommands::allocator);
    table.add("memory|purge", context -> context.reply().ok());
    table.add("memory|help", HelpText.named("MEMORY"));
  }

  private static void usage(CommandContext context) {
    long samples = DEFAULT_SAMPLES;
    for (int i = 3; i < context.count(); i += 2) {
      if (!context.is(i, "SAMPLES") || i + 1 == context.count()) {
        throw ErrorReply.syntax();
      }
      samples = context.integer(i + 1);
      if (samples < 0) {
        throw ErrorReply.syntax();
      }
    }
    byte[] key = context.argument(2);
    Value value = context.peek(key);
    if (value == null) {
      context.reply().nullBulk();
    } else {
      context.reply().integer(MemoryEstimate.of(key, value, samples));
    }
  }

  private static void allocator(CommandContext context) {
    String text = "Stats not supported for the current allocator";
    context.reply().bulk(text);
  }

  private void doctor(CommandContext context) {
    String text =
        process.vitals().usedHeap() < LITTLE
            ? "Hi Sam, this instance is empty or is using very little memory, my issues detector"
                + " can't be used in these conditions. Please, leave for your mission on Earth and"
                + " fill it with some data. The new Sam and I will be back to our programming as"
                + " soon as I finished rebooting.\n"
            : "Hi Sam, I can't find any memory issue in your instance. I can only account for what"
                + " occurs on this base.\n";
    context.reply().verbatim("txt", text.getBytes(StandardCharsets.UTF_8));
  }

  private void stats(CommandContext context) {
    ReplyBuffer reply = context.reply();
    long used = process.vitals().usedHeap();
    long peak = Math.max(used, process.peakHeap());
    long keys = databases.all().stream().mapToLong(Keyspace::size).sum();
    reply.map(13);
    number(reply, "peak.allocated", peak);
    number(reply, "total.allocated", used);
    number(reply, "startup.allocated", 0);
    number(reply, "replication.backlog", replication.get().backlogLength());
    number(reply, "clients.slaves", 0);
    number(reply, "clients.normal", 0);
    number(reply, "aof.buffer", 0);
    number(reply, "keys.count", keys);
    number(reply, "keys.bytes-per-key", keys == 0 ? 0 : used / keys);
    number(reply, "dataset.bytes", used);
    reply.bulk("dataset.percentage");
    reply.real(PERCENT);
    reply.bulk("peak.percentage");
    reply.real(peak == 0 ? 0 : PERCENT * used / peak);
    reply.bulk("fragmentation");
    reply.real(used == 0 ? 0 : (double) process.vitals().resident() / used);
  }

  private static void number(ReplyBuffer reply, String name, long value) {
    reply.bulk(name);
    reply.integer(value);
  }
}
