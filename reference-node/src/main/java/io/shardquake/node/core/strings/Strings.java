package io.shardquake.node.core.strings;

import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.config.Configuration;
import java.util.List;

/** The commands on strings. */
public final class Strings {
  private Strings() {}

  /** All of them. */
  public static List<CommandGroup> commands(Configuration configuration) {
    return List.of(
        new StringCommands(),
        new CounterCommands(),
        new RangeCommands(configuration),
        new LcsCommand());
  }
}
