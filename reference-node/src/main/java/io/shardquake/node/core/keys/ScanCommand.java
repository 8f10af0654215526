package io.shardquake.node.core.keys;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ScanOptions;
import io.shardquake.node.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** SCAN: all keys, a few at a time. */
final class ScanCommand implements CommandGroup {
  private static final int BUCKETS_PER_COUNT = 10;

  @Override
  public void register(CommandTable table) {
    table.add("scan", ScanCommand::scan);
  }

  private static void scan(CommandContext context) {
    long cursor = ScanOptions.cursor(context.argument(1));
    ScanOptions options = ScanOptions.parse(context, 2, true);
    List<byte[]> found = new ArrayList<>();
    long steps = options.count() * BUCKETS_PER_COUNT;
    do {
      cursor = context.keyspace().scan(cursor, (key, value) -> found.add(key));
    } while (cursor != 0 && --steps > 0 && found.size() < options.count());
    found.removeIf(key -> !options.matches(key) || !hasType(context, key, options.type()));
    context.reply().array(2);
    context.reply().bulk(Long.toUnsignedString(cursor));
    context.reply().bulks(found);
  }

  private static boolean hasType(CommandContext context, byte[] key, @Nullable String type) {
    Value value = context.peek(key);
    return value != null && (type == null || value.type().equals(type.toLowerCase(Locale.ROOT)));
  }
}
