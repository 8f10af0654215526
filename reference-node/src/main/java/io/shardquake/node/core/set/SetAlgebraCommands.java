package io.shardquake.node.core.set;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.resp.ReplyBuffer;
import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.SetValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Unions, intersections and differences of sets. */
public final class SetAlgebraCommands implements CommandGroup {
  private final Supplier<EncodingLimits> limits;

  /** Combines sets, of which null ones do not exist. */
  @FunctionalInterface
  private interface Combination {
    SetValue of(List<@Nullable SetValue> sets);
  }

  public SetAlgebraCommands(Supplier<EncodingLimits> limits) {
    this.limits = limits;
  }

  @Override
  public void register(CommandTable table) {
    add(table, "sinter", this::intersection);
    add(table, "sunion", this::union);
    add(table, "sdiff", this::difference);
    table.add("smembers", SetAlgebraCommands::members);
    table.add("sintercard", this::intersectionSize);
  }

  private void add(CommandTable table, String name, Combination combination) {
    table.add(name, context -> reply(context, combination.of(read(context, 1, context.count()))));
    table.add(
        name + "store",
        context -> store(context, combination.of(read(context, 2, context.count()))));
  }

  private static List<@Nullable SetValue> read(CommandContext context, int from, int to) {
    List<@Nullable SetValue> sets = new ArrayList<>();
    for (int i = from; i < to; i++) {
      sets.add(context.read(context.argument(i), SetValue.class));
    }
    return sets;
  }

  private static void reply(CommandContext context, SetValue set) {
    ReplyBuffer reply = context.reply();
    reply.set(set.size());
    set.forEach(reply::bulk);
  }

  private static void members(CommandContext context) {
    SetValue set = context.read(context.argument(1), SetValue.class);
    reply(context, set == null ? new SetValue() : set);
  }

  private static void store(CommandContext context, SetValue set) {
    byte[] target = context.argument(1);
    if (set.isEmpty()) {
      context.drop(target);
    } else {
      context.replace(target, set);
    }
    context.reply().integer(set.size());
  }

  private SetValue intersection(List<@Nullable SetValue> sets) {
    return intersection(sets, Long.MAX_VALUE);
  }

  /** The members that all sets have in common, but no more than {@code most}. */
  private SetValue intersection(List<@Nullable SetValue> sets, long most) {
    SetValue common = new SetValue();
    if (sets.stream().anyMatch(Objects::isNull)) {
      return common;
    }
    List<SetValue> bySize = new ArrayList<>();
    sets.forEach(set -> bySize.add(Objects.requireNonNull(set)));
    bySize.sort(Comparator.comparingInt(SetValue::size));
    bySize
        .get(0)
        .forEach(
            member -> {
              if (common.size() < most
                  && bySize.stream().skip(1).allMatch(set -> set.contains(member))) {
                common.add(member, limits.get());
              }
            });
    return common;
  }

  private SetValue union(List<@Nullable SetValue> sets) {
    SetValue all = new SetValue();
    for (SetValue set : sets) {
      if (set != null) {
        set.forEach(member -> all.add(member, limits.get()));
      }
    }
    return all;
  }

  private SetValue difference(List<@Nullable SetValue> sets) {
    SetValue rest = new SetValue();
    SetValue first = sets.get(0);
    if (first != null) {
      List<@Nullable SetValue> others = sets.subList(1, sets.size());
      first.forEach(
          member -> {
            if (others.stream().noneMatch(set -> set != null && set.contains(member))) {
              rest.add(member, limits.get());
            }
          });
    }
    return rest;
  }

  private void intersectionSize(CommandContext context) {
    long keys = context.integer(1, 1, Long.MAX_VALUE, "ERR numkeys should be greater than 0");
    if (keys > context.count() - 2) {
      throw new ErrorReply("ERR Number of keys can't be greater than number of args");
    }
    int end = 2 + (int) keys;
    long limit = 0;
    for (int i = end; i < context.count(); i += 2) {
      if (!context.is(i, "limit") || i + 1 == context.count()) {
        throw ErrorReply.syntax();
      }
      limit = context.integer(i + 1, 0, Long.MAX_VALUE, "ERR LIMIT can't be negative");
    }
    SetValue common = intersection(read(context, 2, end), limit == 0 ? Long.MAX_VALUE : limit);
    context.reply().integer(common.size());
  }
}
