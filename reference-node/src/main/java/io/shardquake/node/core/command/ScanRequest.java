package io.shardquake.node.core.command;

import io.shardquake.node.core.keyspace.GlobPattern;
import io.shardquake.node.core.resp.ReplyBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The cursor and options of SCAN, HSCAN, SSCAN and ZSCAN.
 *
 * @param count about how many elements to visit at a time
 * @param type what TYPE asks for; SCAN only
 */
public record ScanRequest(GlobPattern pattern, long count, Optional<String> type) {
  private static final GlobPattern ALL = GlobPattern.of(new byte[] {'*'});

  /**
   * Reads a cursor.
   *
   * @throws ErrorReply "invalid cursor"
   */
  public static long cursor(CommandContext context, int index) {
    String text = new String(context.argument(index), StandardCharsets.ISO_8859_1);
    if (text.isEmpty()) {
      return 0;
    }
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    try {
      if (digits.isEmpty() || !Character.isDigit(digits.charAt(0))) {
        throw new NumberFormatException(text);
      }
      long cursor = Long.parseUnsignedLong(digits);
      return negative ? -cursor : cursor;
    } catch (NumberFormatException e) {
      throw new ErrorReply("ERR invalid cursor");
    }
  }

  /**
   * Reads the options from an index on.
   *
   * @param withType whether TYPE is one of them
   */
  public static ScanRequest options(CommandContext context, int from, boolean withType) {
    GlobPattern pattern = ALL;
    long count = 10;
    String type = null;
    for (int i = from; i < context.count(); i += 2) {
      if (i + 1 == context.count()) {
        throw ErrorReply.syntax();
      }
      if (context.is(i, "count")) {
        count = context.integer(i + 1);
        if (count < 1) {
          throw ErrorReply.syntax();
        }
      } else if (context.is(i, "match")) {
        pattern = GlobPattern.of(context.argument(i + 1));
      } else if (withType && context.is(i, "type")) {
        type = context.text(i + 1);
      } else {
        throw ErrorReply.syntax();
      }
    }
    return new ScanRequest(pattern, count, Optional.ofNullable(type));
  }

  /** Whether an element is asked for; the star alone fits even the empty one, as in Redis. */
  public boolean wants(byte[] element) {
    return pattern.isEverything() || pattern.matches(element);
  }

  /** One step of an iteration: takes a cursor and gives the next. */
  @FunctionalInterface
  public interface Step {
    long from(long cursor);
  }

  /** Takes steps until {@code count} elements were collected, or ten times as many steps. */
  public long iterate(long cursor, List<byte[]> collected, int perElement, Step step) {
    long steps = count > Long.MAX_VALUE / 10 ? Long.MAX_VALUE : count * 10;
    long at = cursor;
    do {
      at = step.from(at);
    } while (at != 0 && --steps > 0 && collected.size() / perElement < count);
    return at;
  }

  /** Replies the next cursor and what was collected. */
  public static void reply(ReplyBuffer reply, long cursor, List<byte[]> collected) {
    reply.array(2);
    reply.bulk(Long.toUnsignedString(cursor));
    reply.bulks(collected);
  }
}
