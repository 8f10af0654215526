package io.shardquake.node.core.command;

import java.util.ArrayList;
import java.util.List;

/** The HELP subcommand of a container: lines as simple strings, framed as Redis frames them. */
public final class HelpText implements CommandHandler {
  private final List<String> lines = new ArrayList<>();

  /**
   * A help text.
   *
   * @param container the command's name in upper case
   * @param body the lines about subcommands other than HELP
   */
  public HelpText(String container, String... body) {
    lines.add(container + " <subcommand> [<arg> [value] [opt] ...]. Subcommands are:");
    lines.addAll(List.of(body));
    lines.add("HELP");
    lines.add("    Prints this help.");
  }

  @Override
  public void execute(CommandContext context) {
    context.reply().array(lines.size());
    lines.forEach(context.reply()::simple);
  }
}
