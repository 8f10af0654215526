package io.shardquake.node.core.administration;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandGroup;
import io.shardquake.node.core.command.CommandTable;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.command.HelpText;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.config.Directive;
import io.shardquake.node.core.keyspace.GlobPattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** CONFIG. */
public final class ConfigCommands implements CommandGroup {
  private final Configuration configuration;
  private final ConfigRewrite rewrite;
  private final Runnable resetStatistics;

  public ConfigCommands(
      Configuration configuration, ConfigRewrite rewrite, Runnable resetStatistics) {
    this.configuration = configuration;
    this.rewrite = rewrite;
    this.resetStatistics = resetStatistics;
  }

  @Override
  public void register(CommandTable table) {
    table.add("config|get", this::get);
    table.add("config|set", this::set);
    table.add("config|rewrite", rewrite);
    table.add("config|resetstat", this::resetStatistics);
    table.add("config|help", HelpText.named("CONFIG"));
  }

  private void resetStatistics(CommandContext context) {
    resetStatistics.run();
    context.reply().ok();
  }

  private void get(CommandContext context) {
    Map<String, String> found = new TreeMap<>();
    for (int i = 2; i < context.count(); i++) {
      String wanted = context.text(i).toLowerCase(Locale.ROOT);
      if (wanted.matches("[^?*\\[]*")) {
        if (configuration.directive(wanted).isPresent()
            && found.keySet().stream().noneMatch(wanted::equalsIgnoreCase)) {
          found.put(context.text(i), configuration.text(wanted));
        }
        continue;
      }
      GlobPattern pattern = GlobPattern.of(wanted.getBytes(StandardCharsets.UTF_8));
      for (String name : configuration.names()) {
        if (pattern.matches(name.getBytes(StandardCharsets.UTF_8))) {
          found.put(name, configuration.text(name));
        }
      }
    }
    context.reply().map(found.size());
    found.forEach(
        (name, value) -> {
          context.reply().bulk(name);
          context.reply().bulk(value);
        });
  }

  /** One setting of a CONFIG SET, checked. */
  private record Setting(String givenName, Directive directive, String value) {}

  private void set(CommandContext context) {
    if (context.count() % 2 != 0) {
      throw ErrorReply.syntax();
    }
    List<Setting> settings = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    for (int i = 2; i < context.count(); i += 2) {
      String name = context.text(i);
      Directive directive =
          configuration
              .directive(name)
              .orElseThrow(
                  () ->
                      new ErrorReply(
                          "ERR Unknown option or number of arguments for CONFIG SET - '"
                              + name
                              + "'"));
      switch (directive.change()) {
        case NEVER -> throw failed(name, "can't set immutable config");
        case PROTECTED -> requirePermission(name);
        case ANY_TIME -> {}
      }
      if (!names.add(directive.name())) {
        throw failed(name, "duplicate parameter");
      }
      settings.add(new Setting(name, directive, context.text(i + 1)));
    }
    apply(settings);
    context.reply().ok();
  }

  private void requirePermission(String name) {
    if (configuration.text("enable-protected-configs").equals("no")) {
      throw failed(name, "can't set protected config");
    }
  }

  /** All or nothing: every value is looked at before the first is taken. */
  private void apply(List<Setting> settings) {
    for (Setting setting : settings) {
      try {
        setting
            .directive()
            .type()
            .canonical(setting.value(), configuration.text(setting.directive().name()));
      } catch (IllegalArgumentException e) {
        throw failed(setting.givenName(), String.valueOf(e.getMessage()));
      }
    }
    settings.forEach(setting -> configuration.set(setting.givenName(), setting.value()));
  }

  private static ErrorReply failed(String name, String why) {
    return new ErrorReply(
        "ERR CONFIG SET failed (possibly related to argument '" + name + "') - " + why);
  }
}
