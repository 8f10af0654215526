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
    if (context.count() > 2 && context.is(1, "VERSION")) {
      context.integer(2);
    }
    context.reply().verbatim("txt", "Redis ver. 7.0.15\n".getBytes(StandardCharsets.UTF_8));
  }
}
