package io.shardquake.reports.html;

import io.shardquake.checkers.history.Value;

/** Values as text of bounded length. */
final class Texts {
  private Texts() {}

  /** The text itself, or its beginning and how long it is. */
  static String shortened(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, most) + "… (" + text.length() + " characters)";
  }

  /** As people write it: text bare, nothing as nothing. */
  static String bare(Value value, int most) {
    if (value.isNil()) {
      return "";
    }
    return shortened(value instanceof Value.Text text ? text.value() : value.toString(), most);
  }

  /** As {@link #bare}, but an answer that says there is nothing says so. */
  static String answer(Value value, int most) {
    return value.isNil() ? "nil" : bare(value, most);
  }
}
