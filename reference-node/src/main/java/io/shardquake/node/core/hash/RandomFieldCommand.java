package io.shardquake.node.core.hash;

import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.RandomMembers;
import io.shardquake.node.core.resp.ReplyBuffer;
import io.shardquake.node.core.value.HashValue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** HRANDFIELD. */
public final class RandomFieldCommand implements CommandGroup {
  private final Randomness random;

  public RandomFieldCommand(Randomness random) {
    this.random = random;
  }

  @Override
  public void register(CommandTable table) {
    table.add("hrandfield", this::draw);
  }

  private void draw(CommandContext context) {
    if (context.count() == 2) {
      drawOne(context, context.read(context.argument(1), HashValue.class));
      return;
    }
    long count = RandomMembers.count(context, 2);
    boolean withValues = RandomMembers.areToComeWith(context, 3, "withvalues", count);
    HashValue hash = context.read(context.argument(1), HashValue.class);
    if (hash == null || count == 0) {
      context.reply().array(0);
      return;
    }
    reply(context.reply(), hash, members(hash).draw(count), withValues);
  }

  private void drawOne(CommandContext context, @Nullable HashValue hash) {
    if (hash == null) {
      context.reply().nullBulk();
    } else {
      hash.random(random::below, (field, value) -> context.reply().bulk(field));
    }
  }

  private RandomMembers members(HashValue hash) {
    return new RandomMembers(
        hash.size(),
        visit -> hash.forEach((field, value) -> visit.accept(field)),
        () -> {
          byte[][] drawn = new byte[1][];
          hash.random(random::below, (field, value) -> drawn[0] = field);
          return drawn[0];
        },
        random);
  }

  private static void reply(
      ReplyBuffer reply, HashValue hash, List<byte[]> fields, boolean withValues) {
    boolean pairs = withValues && reply.isResp3();
    reply.array(withValues && !pairs ? 2 * fields.size() : fields.size());
    for (byte[] field : fields) {
      if (pairs) {
        reply.array(2);
      }
      reply.bulk(field);
      if (withValues) {
        reply.bulk(Objects.requireNonNull(hash.get(field)));
      }
    }
  }
}
