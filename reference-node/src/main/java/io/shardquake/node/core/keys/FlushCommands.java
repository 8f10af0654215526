package io.shardquake.node.core.keys;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.keyspace.Databases;
import io.shardquake.node.core.keyspace.Keyspace;
import java.util.List;

/** FLUSHALL and FLUSHDB, which go to replicas even if there was nothing to delete. */
final class FlushCommands implements CommandGroup {
  private final Databases databases;

  FlushCommands(Databases databases) {
    this.databases = databases;
  }

  @Override
  public void register(CommandTable table) {
    table.add("flushall", context -> flush(context, databases.all()));
    table.add("flushdb", context -> flush(context, List.of(context.keyspace())));
  }

  private static void flush(CommandContext context, List<Keyspace> keyspaces) {
    if (context.count() > 2
        || (context.count() == 2 && !context.is(1, "ASYNC") && !context.is(1, "SYNC"))) {
      throw ErrorReply.syntax();
    }
    keyspaces.forEach(Keyspace::clear);
    context.keyspace().countChange();
    context.reply().ok();
  }
}
