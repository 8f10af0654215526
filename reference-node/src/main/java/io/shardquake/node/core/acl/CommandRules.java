package io.shardquake.node.core.acl;

import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.command.CommandTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Which commands are allowed. Not thread-safe. */
final class CommandRules {
  private final CommandTable table;
  private final Set<String> allowed = new TreeSet<>();
  private final Map<String, Set<String>> firstArguments = new TreeMap<>();
  private boolean all;
  private boolean future;

  CommandRules(CommandTable table) {
    this.table = table;
  }

  CommandRules copy() {
    CommandRules copy = new CommandRules(table);
    copy.allowed.addAll(allowed);
    firstArguments.forEach(
        (name, words) -> copy.firstArguments.put(name, new LinkedHashSet<>(words)));
    copy.all = all;
    copy.future = future;
    return copy;
  }

  /** Applies a rule that begins with a plus or a minus. */
  void apply(String rule) throws BadRule {
    String lower = rule.toLowerCase(Locale.ROOT);
    switch (lower) {
      case "allcommands", "+@all" -> everything(true);
      case "nocommands", "-@all" -> everything(false);
      default -> {
        if (lower.startsWith("+@") || lower.startsWith("-@")) {
          category(lower.substring(1), lower.charAt(0) == '+');
        } else if (lower.startsWith("+") && lower.contains("|")) {
          allowPart(lower.substring(1), rule.substring(rule.lastIndexOf('|') + 1));
        } else if (lower.startsWith("+") || lower.startsWith("-")) {
          CommandSpec spec = table.find(lower.substring(1));
          if (spec == null) {
            throw BadRule.unknownCommand();
          }
          change(spec, lower.charAt(0) == '+');
        } else {
          throw BadRule.syntax();
        }
      }
    }
  }

  private void everything(boolean yes) {
    all = yes;
    future = yes;
    allowed.clear();
    firstArguments.clear();
  }

  /** While all commands are allowed, they are not listed one by one. */
  private void list() {
    if (all) {
      all = false;
      forEach(spec -> allowed.add(spec.name()));
    }
  }

  private boolean isAllowed(String name) {
    return all || allowed.contains(name);
  }

  private void forEach(Consumer<CommandSpec> action) {
    for (CommandSpec spec : table.all()) {
      action.accept(spec);
      spec.subcommands().forEach(action);
    }
  }

  private void category(String name, boolean yes) throws BadRule {
    if (!CommandSpec.allCategories().contains(name)) {
      throw BadRule.unknownCommand();
    }
    changeCategory(name.substring(1), yes);
  }

  private void allowPart(String name, String argument) throws BadRule {
    String container = name.substring(0, name.lastIndexOf('|'));
    CommandSpec spec = table.find(container);
    if (spec == null) {
      throw BadRule.unknownCommand();
    }
    if (container.contains("|")) {
      throw new BadRule("Allowing first-arg of a subcommand is not supported");
    }
    if (argument.isEmpty()) {
      throw BadRule.syntax();
    }
    if (spec.subcommands().isEmpty()) {
      firstArguments
          .computeIfAbsent(spec.name(), unused -> new LinkedHashSet<>())
          .add(argument.toLowerCase(Locale.ROOT));
      return;
    }
    CommandSpec part = table.find(name);
    if (part == null) {
      throw BadRule.unknownCommand();
    }
    change(part, true);
  }

  private void change(CommandSpec spec, boolean yes) {
    firstArguments.remove(spec.name());
    if (yes) {
      if (!all) {
        allowed.add(spec.name());
      }
    } else {
      list();
      allowed.remove(spec.name());
    }
    spec.subcommands().forEach(sub -> change(sub, yes));
  }

  /** Whether a command may run with such arguments. */
  boolean allows(CommandSpec spec, byte[][] request) {
    if (isAllowed(spec.name())) {
      return true;
    }
    Set<String> words = firstArguments.get(spec.name());
    return words != null
        && request.length > 1
        && words.contains(
            new String(request[1], StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT));
  }

  /**
   * The shortest rules that come near, then the exceptions, in the way of Redis
   * (ACLDescribeSelectorCommandRules).
   */
  String text() {
    CommandRules described = new CommandRules(table);
    CommandRules rest = copy();
    boolean additive = !future;
    described.everything(!additive);
    StringBuilder text = new StringBuilder(additive ? "-@all" : "+@all");
    Set<String> applied = new TreeSet<>();
    for (String best = rest.bestCategory(additive, applied);
        !best.isEmpty();
        best = rest.bestCategory(additive, applied)) {
      applied.add(best);
      described.changeCategory(best, additive);
      rest.changeCategory(best, !additive);
      text.append(additive ? " +@" : " -@").append(best);
    }
    forEach(
        spec -> {
          boolean wanted = isAllowed(spec.name());
          if (wanted != described.isAllowed(spec.name())) {
            text.append(wanted ? " +" : " -").append(spec.name());
            described.change(spec, wanted);
          }
          if (!wanted) {
            firstArguments
                .getOrDefault(spec.name(), new TreeSet<>())
                .forEach(word -> text.append(" +").append(spec.name()).append('|').append(word));
          }
        });
    return text.toString();
  }

  private void changeCategory(String name, boolean yes) {
    forEach(
        spec -> {
          if (spec.categories().contains("@" + name)) {
            change(spec, yes);
          }
        });
  }

  private String bestCategory(boolean additive, Set<String> applied) {
    String best = "";
    int leastDifferent = Integer.MAX_VALUE;
    int mostSame = 0;
    for (String category : CommandSpec.allCategories()) {
      String name = category.substring(1);
      if (applied.contains(name)) {
        continue;
      }
      List<Boolean> states = new ArrayList<>();
      forEach(
          spec -> {
            if (spec.categories().contains("@" + name)) {
              states.add(isAllowed(spec.name()));
            }
          });
      int on = (int) states.stream().filter(state -> state).count();
      int same = additive ? on : states.size() - on;
      int different = states.size() - same;
      boolean better =
          different < leastDifferent || (different == leastDifferent && same > mostSame);
      if (same > different && better) {
        best = name;
        leastDifferent = different;
        mostSame = same;
      }
    }
    return best;
  }
}
