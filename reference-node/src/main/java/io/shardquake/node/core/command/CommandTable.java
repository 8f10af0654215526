package io.shardquake.node.core.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All commands this node can run: the single source of dispatch and of COMMAND. A command of
 * commands.txt that nobody handles is as unknown as one that is not there.
 */
public final class CommandTable {
  /** What the files list, read once: many nodes are made in one process. Never changed. */
  private static final CommandTable LISTED = listed();

  private final Map<String, CommandSpec> commands = new TreeMap<>();

  /** The same, to look up what every request names. */
  private final Map<String, CommandSpec> byName = new HashMap<>();

  private CommandTable() {}

  /**
   * The table with the handlers of all groups.
   *
   * @throws IllegalArgumentException if a group handles what commands.txt does not list, or two
   *     groups handle the same command
   */
  public static CommandTable of(List<CommandGroup> groups) {
    CommandTable table = new CommandTable();
    LISTED.commands.forEach((name, spec) -> table.commands.put(name, spec.unhandled()));
    groups.forEach(group -> group.register(table));
    table.commands.values().forEach(CommandTable::dropUnhandledSubcommands);
    table.commands.values().removeIf(spec -> !spec.isHandled() && spec.subcommands().isEmpty());
    table.byName.putAll(table.commands);
    return table;
  }

  private static CommandTable listed() {
    CommandTable table = new CommandTable();
    CommandSpec container = null;
    for (String line : lines("commands.txt")) {
      CommandSpec spec = CommandSpec.parse(line);
      if (line.startsWith(" ") && container != null) {
        container.add(spec);
      } else {
        container = spec;
        table.commands.put(spec.name(), spec);
      }
    }
    for (String line : lines("categories.txt")) {
      String[] words = line.strip().split(" +", -1);
      for (String name : List.of(words).subList(1, words.length)) {
        table.require(name).addCategory(words[0]);
      }
    }
    return table;
  }

  private static void dropUnhandledSubcommands(CommandSpec spec) {
    spec.subcommands().removeIf(sub -> !sub.isHandled());
  }

  /**
   * Names a command's handler.
   *
   * @param name as in commands.txt: {@code get}, {@code client|id}
   * @throws IllegalArgumentException if commands.txt does not list it, or it has a handler already
   */
  public void add(String name, CommandHandler handler) {
    CommandSpec spec = require(name);
    if (spec.isHandled()) {
      throw new IllegalArgumentException("two groups handle " + name);
    }
    spec.handledBy(handler);
  }

  /** The full names of the subcommands that commands.txt lists for a container. */
  public List<String> subcommands(String container) {
    return require(container).subcommands().stream().map(CommandSpec::name).toList();
  }

  private CommandSpec require(String fullName) {
    String[] parts = fullName.split("\\|", 2);
    CommandSpec spec = commands.get(parts[0]);
    CommandSpec found = spec == null || parts.length == 1 ? spec : spec.subcommand(parts[1]);
    if (found == null) {
      throw new IllegalArgumentException("commands.txt does not list " + fullName);
    }
    return found;
  }

  /** Begins to count anew how often commands run. */
  public void resetStatistics() {
    for (CommandSpec spec : commands.values()) {
      spec.statistics().reset();
      spec.subcommands().forEach(sub -> sub.statistics().reset());
    }
  }

  /**
   * What carries a command out, for another command that does the same.
   *
   * @throws IllegalArgumentException if there is no such command
   */
  public CommandHandler handler(String fullName) {
    return require(fullName).handler();
  }

  /** Top-level commands by name. */
  public Collection<CommandSpec> all() {
    return commands.values();
  }

  /** A command or, as {@code container|sub}, a subcommand; null if there is none. */
  public @Nullable CommandSpec find(String fullName) {
    String[] parts = fullName.toLowerCase(Locale.ROOT).split("\\|", 2);
    CommandSpec spec = commands.get(parts[0]);
    return spec == null || parts.length == 1 ? spec : spec.subcommand(parts[1]);
  }

  /** The command or subcommand that a request names, whatever its arguments. */
  public Optional<CommandSpec> findFor(byte[][] arguments) {
    CommandSpec spec = commands.get(lower(arguments[0]));
    if (spec != null && spec.isContainer() && arguments.length > 1) {
      spec = spec.subcommand(lower(arguments[1]));
    }
    return Optional.ofNullable(spec);
  }

  /**
   * What a request asks for.
   *
   * @throws ErrorReply in Redis's words if there is no such command or subcommand, or the number of
   *     arguments is wrong
   */
  public CommandSpec lookUp(byte[][] arguments) {
    CommandSpec spec = byName.get(lower(arguments[0]));
    if (spec == null) {
      throw unknown(arguments);
    }
    if (spec.isContainer() && arguments.length > 1) {
      CommandSpec sub = spec.subcommand(lower(arguments[1]));
      if (sub == null) {
        throw new ErrorReply(
            "ERR unknown subcommand '"
                + printable(arguments[1], 128)
                + "'. Try "
                + spec.name().toUpperCase(Locale.ROOT)
                + " HELP.");
      }
      spec = sub;
    }
    if (!spec.accepts(arguments.length) || !spec.isHandled()) {
      throw ErrorReply.wrongNumberOfArguments(spec.name());
    }
    return spec;
  }

  private static ErrorReply unknown(byte[][] arguments) {
    StringBuilder beginning = new StringBuilder();
    for (int i = 1; i < arguments.length && beginning.length() < 128; i++) {
      beginning.append('\'').append(printable(arguments[i], 128 - beginning.length())).append("' ");
    }
    return new ErrorReply(
        "ERR unknown command '"
            + printable(arguments[0], 128)
            + "', with args beginning with: "
            + beginning);
  }

  private static String printable(byte[] bytes, int most) {
    byte[] cut = bytes.length > most ? Arrays.copyOf(bytes, most) : bytes;
    return new String(cut, StandardCharsets.ISO_8859_1);
  }

  private static String lower(byte[] name) {
    byte[] letters = name.clone();
    for (int i = 0; i < letters.length; i++) {
      byte b = letters[i];
      letters[i] = (byte) (b >= 'A' && b <= 'Z' ? b + 32 : b);
    }
    return new String(letters, StandardCharsets.ISO_8859_1);
  }

  /** The lines of a resource of this package, but for empty ones and remarks. */
  public static List<String> lines(String resource) {
    try (InputStream stream = CommandTable.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the build lacks " + resource);
      }
      return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
