package io.shardquake.checkers.edn;

import io.shardquake.checkers.history.Value;
import java.util.Base64;

/** Tags of values, and of texts that stand for what only EDN has. */
final class EdnTags {
  static final String SYMBOL = "edn/symbol";
  static final String CHARACTER = "edn/character";
  static final String BIG_INTEGER = "edn/integer";
  static final String DECIMAL = "edn/decimal";
  static final String RATIO = "edn/ratio";
  static final String REGEX = "edn/regex";

  /** What EDN has no form for, as this library writes it. */
  static final String BYTES = "shardquake/bytes";

  static final String KEYWORD = "shardquake/keyword";
  static final String NAME = "shardquake/name";
  static final String TAGGED = "shardquake/tagged";

  private static final String EDN = "edn/";
  private static final String OURS = "shardquake/";

  private EdnTags() {}

  /** Whether a tag has a meaning here, so that others may not be written with it. */
  static boolean isReserved(String tag) {
    return tag.startsWith(EDN) || tag.startsWith(OURS);
  }

  /**
   * What a tagged literal is: one of this library's own forms, or else a tagged value.
   *
   * @throws IllegalArgumentException if it is not what one of the library's own forms must be
   */
  static Value resolve(String tag, Value value) {
    return switch (tag) {
      case BYTES -> new Value.Bytes(base64(text(tag, value)));
      case KEYWORD -> new Value.Keyword(text(tag, value));
      case TAGGED -> tagged(value);
      default -> new Value.Tagged(tag, value);
    };
  }

  private static Value tagged(Value value) {
    if (value instanceof Value.Sequence sequence && sequence.items().size() == 2) {
      return new Value.Tagged(text(TAGGED, sequence.items().get(0)), sequence.items().get(1));
    }
    throw new IllegalArgumentException("#" + TAGGED + " needs a tag and a value");
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException problem) {
      throw new IllegalArgumentException("#" + BYTES + " needs base64", problem);
    }
  }

  private static String text(String tag, Value value) {
    if (value instanceof Value.Text text) {
      return text.value();
    }
    throw new IllegalArgumentException("#" + tag + " needs a string");
  }
}
