package io.shardquake.node.core.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process is called in lists of processes, with variables in braces. */
record TitleType() implements Directive.Type {
  private static final Pattern VARIABLE = Pattern.compile("\\{([^}]*)}?");
  private static final List<String> VARIABLES =
      List.of(
          "title", "listen-addr", "server-mode", "port", "tls-port", "unixsocket", "config-file");

  @Override
  public String canonical(String value) {
    Matcher matcher = VARIABLE.matcher(value);
    boolean valid = !value.isEmpty();
    while (valid && matcher.find()) {
      valid = VARIABLES.contains(matcher.group(1)) && matcher.group().endsWith("}");
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "template format is invalid or contains unknown variables");
    }
    return value;
  }
}
