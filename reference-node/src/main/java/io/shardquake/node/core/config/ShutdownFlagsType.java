package io.shardquake.node.core.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** How a signal ends the server: {@code default}, or some words that go together. */
record ShutdownFlagsType() implements Directive.Type {
  private static final List<String> WORDS = List.of("default", "save", "nosave", "now", "force");

  @Override
  public String canonical(String value) {
    Set<String> given = new TreeSet<>();
    for (String word : value.strip().toLowerCase(Locale.ROOT).split("\\s+", -1)) {
      if (!WORDS.contains(word)) {
        throw new IllegalArgumentException(
            "argument(s) must be one of the following: " + String.join(", ", WORDS));
      }
      given.add(word);
    }
    if (given.contains("save") && given.contains("nosave")) {
      throw new IllegalArgumentException(
          "shutdown options SAVE and NOSAVE can't be used simultaneously");
    }
    given.remove("default");
    if (given.isEmpty()) {
      return "default";
    }
    return String.join(" ", WORDS.stream().filter(given::contains).toList());
  }
}
