package io.shardquake.node.core.set;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ScanRequest;
import io.shardquake.node.core.value.EncodingLimits;
import io.shardquake.node.core.value.SetValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** SADD, SREM and what else concerns single members. */
public final class SetCommands implements CommandGroup {
  private final Supplier<EncodingLimits> limits;

  public SetCommands(Supplier<EncodingLimits> limits) {
    this.limits = limits;
  }

  @Override
  public void register(CommandTable table) {
    table.add("sadd", this::add);
    table.add("srem", SetCommands::remove);
    table.add("smove", this::move);
    table.add("sismember", SetCommands::isMember);
    table.add("smismember", SetCommands::areMembers);
    table.add("scard", SetCommands::size);
    table.add("sscan", SetCommands::scan);
  }

  private void add(CommandContext context) {
    byte[] key = context.argument(1);
    SetValue existing = context.write(key, SetValue.class);
    SetValue set = existing == null ? new SetValue() : existing;
    int added = 0;
    for (int i = 2; i < context.count(); i++) {
      if (set.add(context.argument(i), limits.get())) {
        added++;
      }
    }
    if (existing == null) {
      context.keyspace().put(key, set);
    } else if (added > 0) {
      context.touch(key);
    }
    context.reply().integer(added);
  }

  private static void remove(CommandContext context) {
    byte[] key = context.argument(1);
    SetValue set = context.write(key, SetValue.class);
    int removed = 0;
    for (int i = 2; set != null && i < context.count(); i++) {
      if (set.remove(context.argument(i))) {
        removed++;
      }
    }
    if (set != null && removed > 0) {
      removed(context, key, set);
    }
    context.reply().integer(removed);
  }

  /** Stores a set that members were taken from. */
  static void removed(CommandContext context, byte[] key, SetValue set) {
    if (set.isEmpty()) {
      context.keyspace().remove(key);
    } else {
      context.touch(key);
    }
  }

  private void move(CommandContext context) {
    byte[] from = context.argument(1);
    byte[] to = context.argument(2);
    byte[] member = context.argument(3);
    boolean same = Arrays.equals(from, to);
    SetValue source = context.write(from, SetValue.class);
    if (source == null) {
      context.reply().integer(0);
      return;
    }
    SetValue target = same ? source : context.write(to, SetValue.class);
    if (same || !source.contains(member)) {
      context.reply().integer(source.contains(member) ? 1 : 0);
      return;
    }
    source.remove(member);
    removed(context, from, source);
    if (target == null) {
      SetValue created = new SetValue();
      created.add(member, limits.get());
      context.keyspace().put(to, created);
    } else if (target.add(member, limits.get())) {
      context.touch(to);
    }
    context.reply().integer(1);
  }

  private static @Nullable SetValue read(CommandContext context) {
    return context.read(context.argument(1), SetValue.class);
  }

  private static void isMember(CommandContext context) {
    SetValue set = read(context);
    context.reply().integer(set != null && set.contains(context.argument(2)) ? 1 : 0);
  }

  private static void areMembers(CommandContext context) {
    SetValue set = read(context);
    context.reply().array(context.count() - 2);
    for (int i = 2; i < context.count(); i++) {
      context.reply().integer(set != null && set.contains(context.argument(i)) ? 1 : 0);
    }
  }

  private static void size(CommandContext context) {
    SetValue set = read(context);
    context.reply().integer(set == null ? 0 : set.size());
  }

  private static void scan(CommandContext context) {
    long cursor = ScanRequest.cursor(context, 2);
    SetValue set = read(context);
    List<byte[]> found = new ArrayList<>();
    if (set == null) {
      ScanRequest.reply(context.reply(), 0, found);
      return;
    }
    ScanRequest request = ScanRequest.options(context, 3, false);
    long next = request.iterate(cursor, found, 1, from -> set.scan(from, found::add));
    found.removeIf(member -> !request.wants(member));
    ScanRequest.reply(context.reply(), next, found);
  }
}
