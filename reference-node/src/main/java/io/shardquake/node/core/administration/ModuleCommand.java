package io.shardquake.node.core.administration;

import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.HelpText;

/** MODULE LIST: this node has no modules, and cannot load any. */
public final class ModuleCommand implements CommandGroup {
  @Override
  public void register(CommandTable table) {
    table.add("module|list", context -> context.reply().array(0));
    table.add("module|help", HelpText.named("MODULE"));
  }
}
