package io.shardquake.node.core.collection;

import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.hash.HashCommands;
import io.shardquake.node.core.hash.HashCounterCommands;
import io.shardquake.node.core.hash.RandomFieldCommand;
import io.shardquake.node.core.list.BlockingListCommands;
import io.shardquake.node.core.list.ListCommands;
import io.shardquake.node.core.list.ListMoveCommands;
import io.shardquake.node.core.list.ListPopCommands;
import io.shardquake.node.core.list.ListSearchCommands;
import io.shardquake.node.core.set.RandomMemberCommands;
import io.shardquake.node.core.set.SetAlgebraCommands;
import io.shardquake.node.core.set.SetCommands;
import io.shardquake.node.core.sortedset.AddCommands;
import io.shardquake.node.core.sortedset.AlgebraCommands;
import io.shardquake.node.core.sortedset.PopCommands;
import io.shardquake.node.core.sortedset.RandomScoredCommand;
import io.shardquake.node.core.sortedset.RangeCommands;
import io.shardquake.node.core.sortedset.SortedSetCommands;
import io.shardquake.node.core.value.ConfiguredLimits;
import io.shardquake.node.core.value.EncodingLimits;
import java.util.List;
import java.util.function.Supplier;

/** All commands on lists, hashes, sets and sorted sets. */
public final class Collections {
  private Collections() {}

  /** The groups of commands, which draw members with {@code random}. */
  public static List<CommandGroup> commands(Configuration configuration, Randomness random) {
    Supplier<EncodingLimits> limits =
        new ConfiguredLimits(configuration, random.below(Integer.MAX_VALUE));
    return List.of(
        new HashCommands(limits),
        new HashCounterCommands(limits),
        new RandomFieldCommand(random),
        new ListCommands(),
        new ListSearchCommands(),
        new ListPopCommands(),
        new ListMoveCommands(),
        new BlockingListCommands(),
        new SetCommands(limits),
        new RandomMemberCommands(limits, random, configuration),
        new SetAlgebraCommands(limits),
        new SortedSetCommands(),
        new AddCommands(limits),
        new RangeCommands(limits),
        new PopCommands(),
        new RandomScoredCommand(random),
        new AlgebraCommands(limits));
  }
}
