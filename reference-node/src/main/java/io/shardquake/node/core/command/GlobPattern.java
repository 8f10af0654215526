package io.shardquake.node.core.command;

/**
 * Redis's glob-style patterns (documentation of KEYS): {@code *}, {@code ?}, {@code [a-z]}, {@code
 * [^a]} and {@code \} before a character that shall stand for itself.
 */
public final class GlobPattern {
  private final byte[] pattern;
  private final boolean matchesAll;

  public GlobPattern(byte[] pattern) {
    this.pattern = pattern;
    this.matchesAll = pattern.length == 1 && pattern[0] == '*';
  }

  /** Whether all of a text matches. */
  public boolean matches(byte[] text) {
    return matchesAll || matches(0, text);
  }

  /**
   * Backtracks to the last star only: an earlier one never has to take more, because whatever
   * follows it has been found as early as possible.
   */
  private boolean matches(int start, byte[] text) {
    int p = start;
    int t = 0;
    int starAt = -1;
    int starText = 0;
    while (t < text.length) {
      if (p < pattern.length && pattern[p] == '*') {
        starAt = ++p;
        starText = t;
        continue;
      }
      if (p < pattern.length && matchesOne(p, text[t])) {
        p = next(p);
        t++;
        continue;
      }
      if (starAt < 0) {
        return false;
      }
      p = starAt;
      t = ++starText;
    }
    while (p < pattern.length && pattern[p] == '*') {
      p++;
    }
    return p >= pattern.length;
  }

  private boolean matchesOne(int p, byte c) {
    return switch (pattern[p]) {
      case '?' -> true;
      case '[' -> classContains(p, c & 0xff);
      case '\\' -> pattern[p + 1 < pattern.length ? p + 1 : p] == c;
      default -> pattern[p] == c;
    };
  }

  /** Where the pattern goes on after one element. */
  private int next(int p) {
    if (pattern[p] == '\\' && p + 1 < pattern.length) {
      return p + 2;
    }
    return pattern[p] == '[' ? classEnd(p) : p + 1;
  }

  private boolean isNegated(int p) {
    return p + 1 < pattern.length && pattern[p + 1] == '^';
  }

  /** The index behind a class; one that is not closed ends with the pattern. */
  private int classEnd(int p) {
    int i = p + (isNegated(p) ? 2 : 1);
    while (i < pattern.length) {
      if (pattern[i] == '\\' && i + 1 < pattern.length) {
        i += 2;
      } else if (pattern[i] == ']') {
        return i + 1;
      } else {
        i += i + 2 < pattern.length && pattern[i + 1] == '-' ? 3 : 1;
      }
    }
    return pattern.length;
  }

  private boolean classContains(int p, int c) {
    boolean negated = isNegated(p);
    boolean contains = false;
    int i = p + (negated ? 2 : 1);
    while (i < pattern.length && pattern[i] != ']') {
      if (pattern[i] == '\\' && i + 1 < pattern.length) {
        contains |= (pattern[i + 1] & 0xff) == c;
        i += 2;
      } else if (i + 2 < pattern.length && pattern[i + 1] == '-') {
        int one = pattern[i] & 0xff;
        int other = pattern[i + 2] & 0xff;
        contains |= c >= Math.min(one, other) && c <= Math.max(one, other);
        i += 3;
      } else {
        contains |= (pattern[i] & 0xff) == c;
        i++;
      }
    }
    return contains != negated;
  }
}
