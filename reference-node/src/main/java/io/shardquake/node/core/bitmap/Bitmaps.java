package io.shardquake.node.core.bitmap;

import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.config.Configuration;
import java.util.List;

/** The commands on bitmaps. */
public final class Bitmaps {
  private Bitmaps() {}

  /** All of them. */
  public static List<CommandGroup> commands(Configuration configuration) {
    BitOffset offsets = new BitOffset(configuration);
    return List.of(
        new BitCommands(offsets),
        new BitRangeCommands(),
        new BitOperation(),
        new BitField(offsets));
  }
}
