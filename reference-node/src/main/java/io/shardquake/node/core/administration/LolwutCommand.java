package io.shardquake.node.core.administration;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import java.nio.charset.StandardCharsets;

/** LOLWUT: the version, without the art. */
public final class LolwutCommand implements CommandGroup {
  @Override
  public void register(CommandTable table) {
    table.add("lolwut", LolwutCommand::lolwut);
  }

  private static void lolwut(CommandContext context) {
    int first = 1;
    long version = 0;
    if (context.count() > 2 && context.is(1, "VERSION")) {
      version = context.integer(2);
      first = 3;
    }
    // The art would have so many measures.
    int measures = version == 5 ? 3 : version == 6 ? 2 : 0;
    for (int i = first; i < Math.min(context.count(), first + measures); i++) {
      context.integer(i);
    }
    context.reply().verbatim("txt", "Redis ver. 7.0.15\n".getBytes(StandardCharsets.UTF_8));
  }
}
