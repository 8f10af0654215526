package io.shardquake.node.core.persistence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts the bytes of an append-only file into requests. They are multibulk only, beside lines that
 * begin with {@code #}. Holds no more than has arrived, whatever lengths the bytes promise. Not
 * thread-safe.
 */
final class AofParser {
  private static final int LONGEST_LINE = 128;

  /** In bytes: twice what Redis lets anybody store. */
  private static final int LONGEST_WORD = 1 << 30;

  private static final byte[][] INCOMPLETE = new byte[0][];
  private static final long INCOMPLETE_HEADER = Long.MIN_VALUE;

  private byte[] buffer = new byte[0];
  private int start;
  private int position;
  private int limit;
  private long offset;
  private long needed;

  /** Adds bytes that arrived; the array belongs to the parser from now on. */
  void feed(byte[] data) {
    if (start == limit) {
      buffer = data;
      start = 0;
      limit = data.length;
      return;
    }
    int kept = limit - start;
    if (limit + (long) data.length > buffer.length) {
      long room = Math.max((long) kept + data.length, Math.min(2L * kept, Integer.MAX_VALUE - 8));
      byte[] roomier = new byte[Math.toIntExact(room)];
      System.arraycopy(buffer, start, roomier, 0, kept);
      buffer = roomier;
      start = 0;
      limit = kept;
    }
    System.arraycopy(data, 0, buffer, limit, data.length);
    limit += data.length;
  }

  /** Bytes of the requests and remarks returned or passed over so far. */
  long offset() {
    return offset;
  }

  /** Whether bytes are left that make no whole request. */
  boolean hasRest() {
    return start < limit;
  }

  /**
   * The next request, at least one word long; an empty array if more bytes are needed.
   *
   * @throws CorruptAof if the bytes are no request
   */
  byte[][] next() throws CorruptAof {
    while (limit - start > needed) {
      position = start;
      if (buffer[start] == '#') {
        if (!skipLine()) {
          return INCOMPLETE;
        }
        commit();
        continue;
      }
      byte[][] request = request();
      if (request.length > 0) {
        commit();
      }
      return request;
    }
    return INCOMPLETE;
  }

  private void commit() {
    offset += position - start;
    start = position;
    needed = 0;
  }

  private byte[][] request() throws CorruptAof {
    long count = header('*');
    if (count == INCOMPLETE_HEADER) {
      return INCOMPLETE;
    }
    if (count < 1 || count > Integer.MAX_VALUE) {
      throw new CorruptAof("a request of " + count + " words", offset);
    }
    List<byte[]> words = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      long length = header('$');
      if (length == INCOMPLETE_HEADER) {
        return INCOMPLETE;
      }
      if (length < 0 || length > LONGEST_WORD) {
        throw new CorruptAof("a word of " + length + " bytes", offset);
      }
      if (limit - position < length + 2) {
        needed = position - start + length + 1;
        return INCOMPLETE;
      }
      words.add(Arrays.copyOfRange(buffer, position, position + (int) length));
      position += (int) length + 2;
    }
    return words.toArray(byte[][]::new);
  }

  /** The number in a line that begins with {@code lead}. */
  private long header(char lead) throws CorruptAof {
    if (position == limit) {
      return INCOMPLETE_HEADER;
    }
    if (buffer[position] != lead) {
      throw new CorruptAof(
          "byte " + (buffer[position] & 0xff) + " where '" + lead + "' has to be", offset);
    }
    long value = 0;
    boolean digits = false;
    for (int i = position + 1; i < limit; i++) {
      byte b = buffer[i];
      if (b == '\n') {
        if (!digits) {
          throw new CorruptAof("no number after '" + lead + "'", offset);
        }
        position = i + 1;
        return value;
      }
      if (b >= '0' && b <= '9' && i - position < 20) {
        value = value * 10 + (b - '0');
        digits = true;
      } else if (b != '\r') {
        throw new CorruptAof("no number after '" + lead + "'", offset);
      }
    }
    return INCOMPLETE_HEADER;
  }

  private boolean skipLine() throws CorruptAof {
    for (int i = start; i < limit; i++) {
      if (buffer[i] == '\n') {
        position = i + 1;
        return true;
      }
      if (i - start > LONGEST_LINE) {
        throw new CorruptAof("a remark without an end", offset);
      }
    }
    return false;
  }
}
