package io.shardquake.node.core.sortedset;

import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.RandomMembers;
import io.shardquake.node.core.value.SortedSetValue;
import java.util.List;

/** ZRANDMEMBER. */
public final class RandomScoredCommand implements CommandGroup {
  private final Randomness random;

  public RandomScoredCommand(Randomness random) {
    this.random = random;
  }

  @Override
  public void register(CommandTable table) {
    table.add("zrandmember", this::draw);
  }

  private void draw(CommandContext context) {
    byte[] key = context.argument(1);
    if (context.count() == 2) {
      SortedSetValue set = context.read(key, SortedSetValue.class);
      if (set == null) {
        context.reply().nullBulk();
      } else {
        context.reply().bulk(one(set));
      }
      return;
    }
    long count = RandomMembers.count(context, 2);
    boolean withScores = RandomMembers.areToComeWith(context, 3, "withscores", count);
    SortedSetValue set = context.read(key, SortedSetValue.class);
    if (set == null || count == 0) {
      context.reply().array(0);
      return;
    }
    List<byte[]> drawn =
        new RandomMembers(
                set.size(),
                visit -> set.forEach((member, score) -> visit.accept(member)),
                () -> one(set),
                random)
            .draw(count);
    ScoredReply reply = new ScoredReply(context.reply(), withScores);
    reply.begin(drawn.size());
    drawn.forEach(member -> reply.visit(member, set.score(member)));
  }

  private byte[] one(SortedSetValue set) {
    byte[][] drawn = new byte[1][];
    int rank = random.below(set.size());
    set.range(rank, rank + 1, (member, score) -> drawn[0] = member);
    return drawn[0];
  }
}
