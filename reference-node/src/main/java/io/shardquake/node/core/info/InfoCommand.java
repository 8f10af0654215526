package io.shardquake.node.core.info;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** INFO. Sections that do not exist are passed over in silence, as Redis does. */
public final class InfoCommand implements CommandGroup {
  private final List<InfoSection> sections;

  /**
   * @param sections in the order in which they are shown
   */
  public InfoCommand(List<InfoSection> sections) {
    this.sections = List.copyOf(sections);
  }

  @Override
  public void register(CommandTable table) {
    table.add("info", this::info);
  }

  private void info(CommandContext context) {
    Set<String> wanted = new TreeSet<>();
    for (int i = 1; i < context.count(); i++) {
      wanted.add(context.text(i).toLowerCase(Locale.ROOT));
    }
    boolean everything = wanted.contains("all") || wanted.contains("everything");
    boolean defaults = wanted.isEmpty() || wanted.contains("default");
    InfoText text = new InfoText();
    for (InfoSection section : sections) {
      if (everything || wanted.contains(section.name()) || (defaults && section.isDefault())) {
        text.heading(section.heading());
        section.write(text);
      }
    }
    context.reply().verbatim("txt", text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
