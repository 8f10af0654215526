package io.shardquake.reports;

import java.util.Locale;

/** Text for people whose unseen characters can be seen: a key is bytes chosen by others. */
final class VisibleText {
  private VisibleText() {}

  /**
   * The text with every control character, line separator, reordering mark and half surrogate pair
   * replaced by its code, so that it stays on one line, in its order, and moves no cursor.
   */
  static String of(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (isUnseen(c)) {
                visible.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                visible.appendCodePoint(c);
              }
            });
    return visible.toString();
  }

  private static boolean isUnseen(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      // The last two of each plane are no characters; XML, for one, refuses them.
      default -> (c & 0xfffe) == 0xfffe;
    };
  }
}
