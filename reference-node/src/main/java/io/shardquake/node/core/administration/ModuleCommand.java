package io.shardquake.node.core.administration;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.HelpText;

/** MODULE: this node has no modules and cannot load any, which it says as if it were forbidden. */
public final class ModuleCommand implements CommandGroup {
  @Override
  public void register(CommandTable table) {
    table.add("module|load", ModuleCommand::refuse);
    table.add("module|loadex", ModuleCommand::refuse);
    table.add("module|unload", ModuleCommand::refuse);
    table.add("module|list", context -> context.reply().array(0));
    table.add("module|help", HelpText.named("MODULE"));
  }

  private static void refuse(CommandContext context) {
    throw new ErrorReply(
        "ERR MODULE command not allowed. If the enable-module-command option is set to \"local\","
            + " you can run it from a local connection, otherwise you need to set this option in"
            + " the configuration file, and then restart the server.");
  }
}
