package io.shardquake.harness.sim.client;

import io.shardquake.workloads.protocol.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Cuts what a server sends (RESP2) into replies. One per connection; not thread-safe. */
final class ReplyParser {
  private byte[] buffer = new byte[0];
  private int position;
  private int limit;

  /** Adds bytes that arrived. */
  void feed(byte[] data) {
    if (position == limit) {
      buffer = data;
      position = 0;
      limit = data.length;
      return;
    }
    byte[] joined = Arrays.copyOfRange(buffer, position, limit + data.length);
    System.arraycopy(data, 0, joined, limit - position, data.length);
    limit += data.length - position;
    position = 0;
    buffer = joined;
  }

  /**
   * The next complete reply; empty if more bytes are needed.
   *
   * @throws IllegalArgumentException if the bytes are none
   */
  Optional<Reply> next() {
    if (position == limit) {
      return Optional.empty();
    }
    int start = position;
    Optional<Reply> reply = read();
    if (reply.isEmpty()) {
      position = start;
    }
    return reply;
  }

  private Optional<Reply> read() {
    int end = lineEnd();
    if (end < 0) {
      return Optional.empty();
    }
    int marker = buffer[position];
    int from = position + 1;
    position = end + 2;
    return switch (marker) {
      case '+' -> Optional.of(simple(from, end));
      case '-' -> Optional.of(new Reply.Failure(text(from, end)));
      case ':' -> Optional.of(new Reply.Int(number(from, end)));
      case '$' -> bulk((int) number(from, end));
      case '*' -> array((int) number(from, end));
      default -> throw new IllegalArgumentException("not a reply: " + text(from - 1, end));
    };
  }

  private int lineEnd() {
    for (int i = position + 1; i + 1 < limit; i++) {
      if (buffer[i] == '\r' && buffer[i + 1] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private Reply simple(int from, int end) {
    if (end - from == 2 && buffer[from] == 'O' && buffer[from + 1] == 'K') {
      return Reply.OK;
    }
    return new Reply.Text(Arrays.copyOfRange(buffer, from, end));
  }

  private Optional<Reply> bulk(int length) {
    if (length < 0) {
      return Optional.of(Reply.Absent.ABSENT);
    }
    if (limit - position < length + 2) {
      return Optional.empty();
    }
    byte[] content = Arrays.copyOfRange(buffer, position, position + length);
    position += length + 2;
    return Optional.of(new Reply.Text(content));
  }

  private Optional<Reply> array(int count) {
    if (count < 0) {
      return Optional.of(Reply.Absent.ABSENT);
    }
    List<Reply> items = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      Optional<Reply> item = position < limit ? read() : Optional.empty();
      if (item.isEmpty()) {
        return Optional.empty();
      }
      items.add(item.get());
    }
    return Optional.of(new Reply.Array(items));
  }

  private String text(int from, int end) {
    return new String(buffer, from, end - from, StandardCharsets.UTF_8);
  }

  private long number(int from, int end) {
    boolean negative = buffer[from] == '-';
    long magnitude = 0;
    for (int i = negative ? from + 1 : from; i < end; i++) {
      magnitude = 10 * magnitude + (buffer[i] - '0');
    }
    return negative ? -magnitude : magnitude;
  }
}
