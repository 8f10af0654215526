package io.shardquake.node.core.monitor;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.HelpText;
import io.shardquake.node.core.resp.ReplyBuffer;
import java.util.List;

/** SLOWLOG. */
public final class SlowLogCommands implements CommandGroup {
  private static final long DEFAULT_COUNT = 10;

  private final SlowLog log;

  public SlowLogCommands(SlowLog log) {
    this.log = log;
  }

  @Override
  public void register(CommandTable table) {
    table.add("slowlog|get", this::get);
    table.add("slowlog|len", context -> context.reply().integer(log.length()));
    table.add("slowlog|reset", this::reset);
    table.add("slowlog|help", HelpText.named("SLOWLOG"));
  }

  private void reset(CommandContext context) {
    log.clear();
    context.reply().ok();
  }

  private void get(CommandContext context) {
    if (context.count() > 3) {
      throw ErrorReply.unmatched(context.quoted(1), "SLOWLOG");
    }
    long count = DEFAULT_COUNT;
    if (context.count() > 2) {
      count =
          context.integer(2, -1, Long.MAX_VALUE, "ERR count should be greater than or equal to -1");
    }
    List<SlowLog.Entry> entries = log.latest(count == -1 ? Long.MAX_VALUE : count);
    ReplyBuffer reply = context.reply();
    reply.array(entries.size());
    for (SlowLog.Entry entry : entries) {
      reply.array(6);
      reply.integer(entry.id());
      reply.integer(entry.unixSeconds());
      reply.integer(entry.durationMicros());
      reply.bulks(entry.arguments());
      reply.bulk(entry.address());
      reply.bulk(entry.clientName());
    }
  }
}
