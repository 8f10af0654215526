package io.shardquake.node.core.config;

/** Letters for the classes of events of {@code notify-keyspace-events}. */
record EventClassesType() implements Directive.Type {
  /** The classes that {@code A} stands for, in the order in which they are shown. */
  private static final String ALL = "g$lshzxetd";

  private static final String OTHERS = "KEmn";

  @Override
  public String canonical(String value) {
    if (value.chars().anyMatch(letter -> (ALL + OTHERS + "A").indexOf(letter) < 0)) {
      throw new IllegalArgumentException("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.");
    }
    StringBuilder text = new StringBuilder();
    boolean all = ALL.chars().allMatch(letter -> value.indexOf(letter) >= 0);
    if (all || value.indexOf('A') >= 0) {
      text.append('A');
    } else {
      ALL.chars().filter(letter -> value.indexOf(letter) >= 0).forEach(text::appendCodePoint);
    }
    OTHERS.chars().filter(letter -> value.indexOf(letter) >= 0).forEach(text::appendCodePoint);
    return text.toString();
  }
}
