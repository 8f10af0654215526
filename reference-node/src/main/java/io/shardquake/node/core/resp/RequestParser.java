package io.shardquake.node.core.resp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a client's bytes into requests, multibulk or inline, with Redis's limits and its words for
 * every breach. One per connection; not thread-safe.
 */
public final class RequestParser {
  private static final int LINE_LIMIT = 64 * 1024;
  private static final int UNAUTHENTICATED_ARGUMENTS = 10;
  private static final int UNAUTHENTICATED_LENGTH = 16_384;
  private static final int NONE = -1;

  private byte[] buffer = new byte[1024];
  private int position;
  private int limit;
  private byte[][] arguments = new byte[0][];
  private int expected;
  private int filled;
  private int bulkLength = NONE;
  private boolean inMultibulk;
  private boolean limited;
  private long bulkLimit = 536_870_912;
  private byte[] @Nullable [] putBack;

  /**
   * Whether the tight limits for clients that have not authenticated apply.
   *
   * @see #next()
   */
  public void limitTightly(boolean tight) {
    this.limited = tight;
  }

  /** The longest argument accepted, in bytes ({@code proto-max-bulk-len}). */
  public void limitArgumentsTo(long bytes) {
    this.bulkLimit = bytes;
  }

  /** Makes a request that was returned the next one again. */
  public void putBack(byte[][] request) {
    putBack = request;
  }

  /** Adds bytes that arrived. */
  public void feed(byte[] data) {
    reserve(data.length);
    System.arraycopy(data, 0, buffer, limit, data.length);
    limit += data.length;
  }

  /** Bytes fed but not yet part of a request that was returned. */
  public int pending() {
    return limit - position;
  }

  /**
   * The next complete request, at least one argument long; an empty array if more bytes are needed.
   *
   * @throws ProtocolViolation if the bytes are no request
   */
  public byte[][] next() throws ProtocolViolation {
    if (putBack != null) {
      byte[][] request = putBack;
      putBack = null;
      return request;
    }
    while (position < limit) {
      if (!inMultibulk && buffer[position] != '*') {
        List<byte[]> words = inline();
        if (words == null) {
          return new byte[0][];
        }
        if (!words.isEmpty()) {
          return words.toArray(new byte[0][]);
        }
        continue;
      }
      if (!inMultibulk && !header()) {
        return new byte[0][];
      }
      if (inMultibulk && body()) {
        inMultibulk = false;
        return arguments;
      }
      if (inMultibulk) {
        return new byte[0][];
      }
    }
    return new byte[0][];
  }

  /** Reads {@code *<count>}; false if the line is incomplete. */
  private boolean header() throws ProtocolViolation {
    int end = endOfLine("too big mbulk count string");
    if (end < 0) {
      return false;
    }
    long count = StrictInteger.parse(buffer, position + 1, end);
    if (count == StrictInteger.INVALID || count > Integer.MAX_VALUE) {
      throw new ProtocolViolation("Protocol error: invalid multibulk length");
    }
    if (limited && count > UNAUTHENTICATED_ARGUMENTS) {
      throw new ProtocolViolation("Protocol error: unauthenticated multibulk length");
    }
    position = end + 2;
    if (count > 0) {
      inMultibulk = true;
      // The count is the client's word: grow with what really arrives.
      arguments = new byte[(int) Math.min(count, 1024)][];
      expected = (int) count;
      filled = 0;
      bulkLength = NONE;
    }
    return true;
  }

  /** Reads arguments; false if more bytes are needed. */
  private boolean body() throws ProtocolViolation {
    while (filled < expected) {
      if (bulkLength == NONE && !bulkHeader()) {
        return false;
      }
      if (limit - position < bulkLength + 2L) {
        return false;
      }
      if (filled == arguments.length) {
        arguments = Arrays.copyOf(arguments, Math.min(expected, filled * 2));
      }
      arguments[filled++] = Arrays.copyOfRange(buffer, position, position + bulkLength);
      // Redis skips the two bytes after an argument without looking at them.
      position += bulkLength + 2;
      bulkLength = NONE;
    }
    return true;
  }

  private boolean bulkHeader() throws ProtocolViolation {
    if (position == limit) {
      return false;
    }
    int end = endOfLine("too big bulk count string");
    if (end < 0) {
      return false;
    }
    if (buffer[position] != '$') {
      throw new ProtocolViolation(
          "Protocol error: expected '$', got '" + (char) (buffer[position] & 0xff) + "'");
    }
    long length = StrictInteger.parse(buffer, position + 1, end);
    if (length == StrictInteger.INVALID || length < 0 || length > bulkLimit) {
      throw new ProtocolViolation("Protocol error: invalid bulk length");
    }
    if (limited && length > UNAUTHENTICATED_LENGTH) {
      throw new ProtocolViolation("Protocol error: unauthenticated bulk length");
    }
    position = end + 2;
    bulkLength = (int) length;
    return true;
  }

  /** Position of the carriage return that ends the line; -1 if the line is incomplete. */
  private int endOfLine(String tooLong) throws ProtocolViolation {
    for (int i = position; i < limit; i++) {
      if (buffer[i] == '\r') {
        return i + 1 < limit ? i : -1;
      }
    }
    if (limit - position > LINE_LIMIT) {
      throw new ProtocolViolation("Protocol error: " + tooLong);
    }
    return -1;
  }

  /** The words of an inline request; null if the line is incomplete. */
  private @Nullable List<byte[]> inline() throws ProtocolViolation {
    int end = position;
    while (end < limit && buffer[end] != '\n') {
      end++;
    }
    if (end == limit) {
      if (limit - position > LINE_LIMIT) {
        throw new ProtocolViolation("Protocol error: too big inline request");
      }
      return null;
    }
    int stop = end > position && buffer[end - 1] == '\r' ? end - 1 : end;
    List<byte[]> words = new ArrayList<>();
    boolean balanced = InlineWords.split(buffer, position, stop, words);
    position = end + 1;
    if (!balanced) {
      throw new ProtocolViolation("Protocol error: unbalanced quotes in request");
    }
    return words;
  }

  private void reserve(int more) {
    if (position == limit) {
      position = 0;
      limit = 0;
    }
    if (buffer.length - limit >= more) {
      return;
    }
    int used = limit - position;
    byte[] target =
        used + (long) more <= buffer.length
            ? buffer
            : new byte[Math.max(Math.addExact(used, more), 2 * Math.min(buffer.length, 1 << 28))];
    System.arraycopy(buffer, position, target, 0, used);
    buffer = target;
    position = 0;
    limit = used;
  }
}
