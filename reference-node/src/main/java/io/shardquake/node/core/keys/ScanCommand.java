package io.shardquake.node.core.keys;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ScanRequest;
import io.shardquake.node.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** SCAN: all keys, a few at a time. */
final class ScanCommand implements CommandGroup {
  @Override
  public void register(CommandTable table) {
    table.add("scan", ScanCommand::scan);
  }

  private static void scan(CommandContext context) {
    long cursor = ScanRequest.cursor(context, 1);
    ScanRequest request = ScanRequest.options(context, 2, true);
    List<byte[]> found = new ArrayList<>();
    long next =
        request.iterate(
            cursor,
            found,
            1,
            from -> context.keyspace().scan(from, (key, value) -> found.add(key)));
    found.removeIf(key -> !request.wants(key) || !hasType(context, key, request.type()));
    ScanRequest.reply(context.reply(), next, found);
  }

  private static boolean hasType(CommandContext context, byte[] key, Optional<String> type) {
    Value value = context.peek(key);
    return value != null
        && type.map(wanted -> value.type().equals(wanted.toLowerCase(Locale.ROOT))).orElse(true);
  }
}
