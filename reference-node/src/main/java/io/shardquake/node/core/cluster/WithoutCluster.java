package io.shardquake.node.core.cluster;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;

/** CLUSTER on a node that is not part of any: refused, whatever is asked. */
public final class WithoutCluster implements CommandGroup {
  @Override
  public void register(CommandTable table) {
    table.subcommands("cluster").forEach(name -> table.add(name, WithoutCluster::refuse));
  }

  private static void refuse(CommandContext context) {
    throw new ErrorReply("ERR This instance has cluster support disabled");
  }
}
