package io.shardquake.node.core.config;

/** Three numbers that Linux takes for how soon a process is to be killed. */
record ScoresType() implements Directive.Type {
  private static final int SCORES = 3;
  private static final int MOST = 2000;

  @Override
  public String canonical(String value) {
    String[] words = value.strip().split("\\s+", -1);
    if (words.length != SCORES || value.isBlank()) {
      throw new IllegalArgumentException("wrong number of arguments");
    }
    for (String word : words) {
      if (!word.matches("-?[0-9]{1,9}") || Math.abs(Long.parseLong(word)) > MOST) {
        throw new IllegalArgumentException(
            "Invalid oom-score-adj-values, elements must be between -2000 and 2000.");
      }
    }
    return String.join(" ", words);
  }
}
