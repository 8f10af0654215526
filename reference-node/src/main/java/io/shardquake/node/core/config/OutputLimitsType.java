package io.shardquake.node.core.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * For each class of clients the hard limit, the soft limit and its seconds, of what is kept to be
 * sent to one. Classes that are not named keep the limits they have.
 */
record OutputLimitsType() implements Directive.Type {
  private static final List<String> CLASSES = List.of("normal", "slave", "pubsub");
  private static final int WORDS = 4;

  @Override
  public String canonical(String value) {
    return canonical(value, "normal 0 0 0 slave 0 0 0 pubsub 0 0 0");
  }

  @Override
  public String canonical(String value, String old) {
    Map<String, String> limits = new LinkedHashMap<>();
    take(old, limits);
    take(value, limits);
    StringBuilder text = new StringBuilder();
    limits.forEach((name, limit) -> text.append(' ').append(name).append(limit));
    return text.substring(1);
  }

  private static void take(String value, Map<String, String> limits) {
    String[] words = value.strip().split("\\s+", -1);
    if (words.length % WORDS != 0) {
      throw new IllegalArgumentException(
          "Wrong number of arguments in buffer limit configuration.");
    }
    Directive.Memory memory = new Directive.Memory(0);
    for (int i = 0; i < words.length; i += WORDS) {
      String name = words[i].equals("replica") ? "slave" : words[i];
      if (!CLASSES.contains(name)) {
        throw new IllegalArgumentException(
            "Invalid client class specified in buffer limit configuration.");
      }
      if (!words[i + 3].matches("[0-9]{1,9}")) {
        throw wrong();
      }
      try {
        limits.put(
            name,
            " "
                + memory.canonical(words[i + 1])
                + " "
                + memory.canonical(words[i + 2])
                + " "
                + words[i + 3]);
      } catch (IllegalArgumentException e) {
        throw wrong();
      }
    }
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException(
        "Error in hard, soft or soft_seconds setting in buffer limit configuration.");
  }
}
