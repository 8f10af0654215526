package io.shardquake.node.core.set;

import io.shardquake.node.core.Randomness;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.RandomMembers;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.SetValue;
import java.util.List;
import java.util.function.Supplier;

/** SRANDMEMBER and SPOP. */
public final class RandomMemberCommands implements CommandGroup {
  /** SPOP rebuilds the set rather than remove members from it if so many times fewer remain. */
  private static final int REBUILD_BELOW = 5;

  private final Supplier<EncodingLimits> limits;
  private final Randomness random;
  private final Configuration configuration;

  public RandomMemberCommands(
      Supplier<EncodingLimits> limits, Randomness random, Configuration configuration) {
    this.limits = limits;
    this.random = random;
    this.configuration = configuration;
  }

  @Override
  public void register(CommandTable table) {
    table.add("srandmember", this::draw);
    table.add("spop", this::pop);
  }

  private RandomMembers members(SetValue set) {
    return new RandomMembers(set.size(), set::forEach, () -> set.random(random::below), random);
  }

  private void draw(CommandContext context) {
    if (context.count() > 3) {
      throw ErrorReply.syntax();
    }
    byte[] key = context.argument(1);
    if (context.count() == 2) {
      SetValue set = context.read(key, SetValue.class);
      if (set == null) {
        context.reply().nullBulk();
      } else {
        context.reply().bulk(set.random(random::below));
      }
      return;
    }
    long count = RandomMembers.count(context, 2);
    SetValue set = context.read(key, SetValue.class);
    context.reply().bulks(set == null || count == 0 ? List.of() : members(set).draw(count));
  }

  private void pop(CommandContext context) {
    if (context.count() > 3) {
      throw ErrorReply.syntax();
    }
    if (context.count() == 3) {
      popSeveral(context);
      return;
    }
    byte[] key = context.argument(1);
    SetValue set = context.write(key, SetValue.class);
    if (set == null) {
      context.reply().nullBulk();
      return;
    }
    byte[] member = set.random(random::below);
    set.remove(member);
    SetCommands.removed(context, key, set);
    context.reply().bulk(member);
    context.propagateInstead("SREM", key, member);
  }

  private void popSeveral(CommandContext context) {
    long count =
        context.integer(2, 0, Long.MAX_VALUE, "ERR value is out of range, must be positive");
    byte[] key = context.argument(1);
    SetValue set = context.write(key, SetValue.class);
    if (set == null || count == 0) {
      context.reply().set(0);
      return;
    }
    List<byte[]> popped = members(set).draw(count);
    context.reply().set(popped.size());
    popped.forEach(context.reply()::bulk);
    if (popped.size() == set.size()) {
      context.keyspace().remove(key);
      boolean lazily = configuration.yes("lazyfree-lazy-server-del");
      context.propagateInstead(lazily ? "UNLINK" : "DEL", key);
      return;
    }
    remove(context, key, set, popped);
    popped.forEach(member -> context.propagateInstead("SREM", key, member));
  }

  /** What remains of few is put into a new set, whose encoding follows from it alone. */
  private void remove(CommandContext context, byte[] key, SetValue set, List<byte[]> popped) {
    popped.forEach(set::remove);
    if ((long) set.size() * REBUILD_BELOW > popped.size()) {
      context.touch(key);
      return;
    }
    SetValue rest = new SetValue();
    set.forEach(member -> rest.add(member, limits.get()));
    context.keyspace().put(key, rest);
  }
}
