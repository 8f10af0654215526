package io.shardquake.node.core.keyspace;

import java.util.Arrays;

/**
 * A pattern of KEYS, SCAN, PSUBSCRIBE and CONFIG GET: {@code *}, {@code ?}, {@code [abc]}, {@code
 * [^a]}, {@code [a-z]}, and a backslash before a character that stands for itself.
 *
 * <p>Matches in time of at most the product of both lengths: once the part behind a star fits
 * nowhere, no star before it need try a longer piece.
 */
public final class GlobPattern {
  private final byte[] pattern;
  private final boolean anyCase;
  private boolean hopeless;

  /**
   * A pattern.
   *
   * @param anyCase whether upper and lower case letters are the same
   */
  public GlobPattern(byte[] pattern, boolean anyCase) {
    this.pattern = Arrays.copyOf(pattern, pattern.length);
    this.anyCase = anyCase;
  }

  /** A pattern in which upper and lower case letters differ. */
  public static GlobPattern of(byte[] pattern) {
    return new GlobPattern(pattern, false);
  }

  /** Whether this is the star alone, which fits everything. */
  public boolean isEverything() {
    return pattern.length == 1 && pattern[0] == '*';
  }

  /** Whether the whole text fits. */
  public boolean matches(byte[] text) {
    hopeless = false;
    return matches(0, text, 0);
  }

  private boolean matches(int patternFrom, byte[] text, int textFrom) {
    int p = patternFrom;
    int t = textFrom;
    while (p < pattern.length && t < text.length) {
      switch (pattern[p]) {
        case '*' -> {
          return matchesStar(p, text, t);
        }
        case '?' -> p++;
        case '[' -> {
          p = inClass(p + 1, text[t]);
          if (p < 0) {
            return false;
          }
        }
        default -> {
          if (pattern[p] == '\\' && p + 1 < pattern.length) {
            p++;
          }
          if (fold(pattern[p]) != fold(text[t])) {
            return false;
          }
          p++;
        }
      }
      t++;
      if (t == text.length) {
        p = skipStars(p);
      }
    }
    return p >= pattern.length && t == text.length;
  }

  private int skipStars(int from) {
    int p = from;
    while (p < pattern.length && pattern[p] == '*') {
      p++;
    }
    return p;
  }

  private boolean matchesStar(int star, byte[] text, int textFrom) {
    int rest = skipStars(star);
    if (rest == pattern.length) {
      return true;
    }
    for (int t = textFrom; t < text.length; t++) {
      if (matches(rest, text, t)) {
        return true;
      }
      if (hopeless) {
        return false;
      }
    }
    hopeless = true;
    return false;
  }

  /** Where the pattern goes on after a class that a byte is in; -1 if it is not. */
  private int inClass(int from, byte wanted) {
    int p = from;
    boolean not = p < pattern.length && pattern[p] == '^';
    if (not) {
      p++;
    }
    boolean found = false;
    while (p < pattern.length && pattern[p] != ']') {
      if (pattern[p] == '\\' && p + 1 < pattern.length) {
        p++;
        found |= pattern[p] == wanted;
      } else if (p + 2 < pattern.length && pattern[p + 1] == '-') {
        found |= isBetween(fold(pattern[p]), fold(pattern[p + 2]), fold(wanted));
        p += 2;
      } else {
        found |= fold(pattern[p]) == fold(wanted);
      }
      p++;
    }
    // A class that is not closed ends with the pattern.
    return found == not ? -1 : Math.min(p + 1, pattern.length);
  }

  private static boolean isBetween(int one, int other, int wanted) {
    return wanted >= Math.min(one, other) && wanted <= Math.max(one, other);
  }

  private int fold(byte b) {
    return anyCase && b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
  }
}
