package io.shardquake.node.core.config;

/** Pairs of seconds and changes, after which the data is saved; none if empty. */
record SavePointsType() implements Directive.Type {
  @Override
  public String canonical(String value) {
    String stripped = value.strip();
    if (stripped.isEmpty()) {
      return "";
    }
    String[] words = stripped.split("\\s+", -1);
    if (words.length % 2 != 0) {
      throw new IllegalArgumentException("Invalid save parameters");
    }
    for (int i = 0; i < words.length; i++) {
      int least = i % 2 == 0 ? 1 : 0;
      if (!words[i].matches("[0-9]{1,9}") || Integer.parseInt(words[i]) < least) {
        throw new IllegalArgumentException("Invalid save parameters");
      }
    }
    return String.join(" ", words);
  }
}
