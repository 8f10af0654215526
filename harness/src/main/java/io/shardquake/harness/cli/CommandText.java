package io.shardquake.harness.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Command lines as text that a shell reads back. */
final class CommandText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private CommandText() {}

  /**
   * The command that was given, to be given again.
   *
   * @param arguments of the command
   * @param more what to add; empty for nothing
   */
  static String again(List<String> arguments, String more) {
    String given = arguments.stream().map(CommandText::quoted).collect(Collectors.joining(" "));
    return ("./shardquake " + given + " " + more).strip();
  }

  private static String quoted(String argument) {
    return PLAIN.matcher(argument).matches()
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
