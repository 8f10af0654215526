package io.shardquake.workloads.register;

import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.protocol.Reply;
import java.util.Arrays;

/**
 * How a register's value is kept in Redis: as its digits, followed by blanks if it is to be longer.
 *
 * @param bytes length to pad to; 0 for none
 */
record StoredValue(int bytes) {
  private static final byte BLANK = ' ';

  /** What to store for a value. */
  String encode(Value value) {
    String text = text(value);
    return text + " ".repeat(Math.max(0, bytes - text.length()));
  }

  /** The value that a reply to GET shows. */
  Value decode(Reply reply) {
    if (!(reply instanceof Reply.Text stored)) {
      return reply.toValue();
    }
    byte[] content = stored.bytes();
    int end = content.length;
    while (end > 0 && content[end - 1] == BLANK) {
      end--;
    }
    return end == content.length
        ? reply.toValue()
        : new Reply.Text(Arrays.copyOf(content, end)).toValue();
  }

  private static String text(Value value) {
    if (value instanceof Value.Text text) {
      return text.value();
    }
    if (value instanceof Value.Int number) {
      return Long.toString(number.value());
    }
    throw new IllegalArgumentException("a register holds text or a whole number, not " + value);
  }
}
