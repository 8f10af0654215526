package io.shardquake.checkers.edn;

import io.shardquake.checkers.history.Value;
import java.io.IOException;

/**
 * Names of a {@link Value.Mapping} and the EDN keys they stand for, one to one: {@code :name} is
 * {@code name}; a string that no plain keyword is spelt like is itself; any other key is {@code
 * #edn} and its text.
 */
final class EdnNames {
  /** What begins the name of a key that is neither a plain keyword nor an unmistakable string. */
  static final String OTHER = "#edn ";

  private static final String PUNCTUATION = ".*+!-_?$%&=<>|'";

  private EdnNames() {}

  /** The name for a key. */
  static String ofKey(Value key) {
    if (key instanceof Value.Keyword keyword && isPlain(keyword.name())) {
      return keyword.name();
    }
    if (key instanceof Value.Text text && isOwnName(text.value())) {
      return text.value();
    }
    if (key instanceof Value.Tagged tagged
        && tagged.tag().equals(EdnTags.NAME)
        && tagged.value() instanceof Value.Text text) {
      return text.value();
    }
    return OTHER + EdnPrinter.print(key);
  }

  /** The key for a name: what {@link #ofKey} makes the name of. */
  static Value toKey(String name) {
    if (isPlain(name)) {
      return new Value.Keyword(name);
    }
    if (isOwnName(name)) {
      return Value.of(name);
    }
    Value named = new Value.Tagged(EdnTags.NAME, Value.of(name));
    try {
      Value key = EdnParser.parse(name.substring(OTHER.length()));
      return ofKey(key).equals(name) ? key : named;
    } catch (IOException notEdn) {
      return named;
    }
  }

  private static boolean isOwnName(String text) {
    return !isPlain(text) && !text.startsWith(OTHER);
  }

  /** Whether a keyword or symbol of this name can be written as it is, everywhere. */
  static boolean isPlain(String name) {
    int slash = name.indexOf('/');
    return slash < 0
        ? isPart(name, 0, name.length())
        : isPart(name, 0, slash) && isPart(name, slash + 1, name.length());
  }

  private static boolean isPart(String name, int from, int to) {
    if (from == to || name.charAt(from) == '\'') {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean digit = c >= '0' && c <= '9';
      if (!letter && !digit && PUNCTUATION.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
