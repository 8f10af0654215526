package io.shardquake.node.core.command;

import io.shardquake.node.core.keyspace.GlobPattern;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the commands of the SCAN family have in common: the cursor and the options.
 *
 * @param count how much one call is to look at, at least 1
 * @param pattern that what is returned has to match; null for any
 * @param type of the keys that are returned; null for any
 */
public record ScanOptions(long count, @Nullable GlobPattern pattern, @Nullable String type) {
  private static final long DEFAULT_COUNT = 10;

  /**
   * Parses a cursor as C's {@code strtoul} does.
   *
   * @throws ErrorReply "invalid cursor" if it is none
   */
  public static long cursor(byte[] text) {
    String word = new String(text, StandardCharsets.ISO_8859_1);
    if (word.isEmpty()) {
      return 0;
    }
    if (!word.matches("[+-]?\\d{1,30}")) {
      throw invalidCursor();
    }
    BigInteger number = new BigInteger(word);
    if (number.abs().bitLength() > Long.SIZE) {
      throw invalidCursor();
    }
    return number.longValue();
  }

  private static ErrorReply invalidCursor() {
    return new ErrorReply("ERR invalid cursor");
  }

  /**
   * Parses the options from an argument on.
   *
   * @param withType whether TYPE is one of them
   * @throws ErrorReply in Redis's words if they are wrong
   */
  public static ScanOptions parse(CommandContext context, int from, boolean withType) {
    long count = DEFAULT_COUNT;
    GlobPattern pattern = null;
    String type = null;
    for (int i = from; i < context.count(); i += 2) {
      boolean hasValue = i + 1 < context.count();
      if (context.is(i, "COUNT") && hasValue) {
        count = context.integer(i + 1);
        if (count < 1) {
          throw ErrorReply.syntax();
        }
      } else if (context.is(i, "MATCH") && hasValue) {
        pattern = GlobPattern.of(context.argument(i + 1));
      } else if (context.is(i, "TYPE") && hasValue && withType) {
        type = context.text(i + 1);
      } else {
        throw ErrorReply.syntax();
      }
    }
    return new ScanOptions(count, pattern, type);
  }

  /** Whether an element is to be returned. */
  public boolean matches(byte[] element) {
    return pattern == null || pattern.isEverything() || pattern.matches(element);
  }
}
