package io.shardquake.node.core.command;

import java.util.ArrayList;
import java.util.List;

/** The HELP subcommand of a container: lines as simple strings, framed as Redis frames them. */
public final class HelpText implements CommandHandler {
  private final List<String> lines = new ArrayList<>();

  /** Read when first asked for: each container of each node looks for its part of it. */
  private static final class Listed {
    static final List<String> LINES = CommandTable.lines("help.txt");
  }

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

  /**
   * The text that the build's {@code help.txt} has for a container.
   *
   * @param container the command's name in upper case
   * @throws IllegalArgumentException if it has none
   */
  public static HelpText named(String container) {
    List<String> body =
        Listed.LINES.stream()
            .dropWhile(line -> !line.equals("== " + container))
            .skip(1)
            .takeWhile(line -> !line.startsWith("== "))
            .toList();
    if (body.isEmpty()) {
      throw new IllegalArgumentException("help.txt has no text for " + container);
    }
    return new HelpText(container, body.toArray(String[]::new));
  }

  @Override
  public void execute(CommandContext context) {
    context.reply().array(lines.size());
    lines.forEach(context.reply()::simple);
  }
}
