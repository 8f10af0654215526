package io.shardquake.node.core.administration;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;

/** TIME. */
public final class TimeCommand implements CommandGroup {
  private static final int MICROS_PER_SECOND = 1_000_000;

  @Override
  public void register(CommandTable table) {
    table.add("time", TimeCommand::time);
  }

  private static void time(CommandContext context) {
    context.reply().array(2);
    context.reply().bulk(Long.toString(context.nowMicros() / MICROS_PER_SECOND));
    context.reply().bulk(Long.toString(context.nowMicros() % MICROS_PER_SECOND));
  }
}
