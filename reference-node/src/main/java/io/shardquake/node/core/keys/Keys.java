package io.shardquake.node.core.keys;

import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.keyspace.Databases;
import java.util.List;

/** The commands on keys of any type. */
public final class Keys {
  private Keys() {}

  /** All of them. */
  public static List<CommandGroup> commands(
      Configuration configuration, Databases databases, Randomness random) {
    return List.of(
        new KeyCommands(random),
        new CopyCommands(configuration, databases),
        new FlushCommands(databases),
        new ExpiryCommands(),
        new ScanCommand(),
        new ObjectCommands(configuration));
  }
}
