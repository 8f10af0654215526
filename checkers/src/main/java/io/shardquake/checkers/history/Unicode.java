package io.shardquake.checkers.history;

/** Tells strings of characters from those that are broken in the middle of one. */
final class Unicode {
  private Unicode() {}

  /**
   * Checks a string.
   *
   * @throws IllegalArgumentException if it holds half a surrogate pair
   */
  static void require(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          throw new IllegalArgumentException("a string holds half a surrogate pair");
        }
        i++;
      }
    }
  }
}
