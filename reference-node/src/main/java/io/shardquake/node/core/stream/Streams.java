package io.shardquake.node.core.stream;

import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.config.Configuration;
import java.util.List;

/** All commands on streams. */
public final class Streams {
  private Streams() {}

  public static List<CommandGroup> commands(Configuration configuration) {
    return List.of(
        new StreamCommands(configuration),
        new ReadCommands(),
        new GroupCommands(),
        new PendingCommand(),
        new ClaimCommands(),
        new StreamInfoCommands());
  }
}
