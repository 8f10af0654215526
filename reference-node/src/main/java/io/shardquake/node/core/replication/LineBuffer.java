package io.shardquake.node.core.replication;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Cuts what a master sends into lines, until the bytes are no lines any more. Not thread-safe. */
final class LineBuffer {
  private static final int LONGEST_LINE = 64 * 1024;

  private byte[] buffer = new byte[0];

  void feed(byte[] data) {
    int length = buffer.length;
    buffer = Arrays.copyOf(buffer, length + data.length);
    System.arraycopy(data, 0, buffer, length, data.length);
  }

  /** The next complete line without its end. */
  Optional<String> next() {
    for (int i = 0; i < buffer.length; i++) {
      if (buffer[i] == '\n') {
        int end = i > 0 && buffer[i - 1] == '\r' ? i - 1 : i;
        String line = new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
        buffer = Arrays.copyOfRange(buffer, i + 1, buffer.length);
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }

  /** Whether what has come is longer than any line that a master sends. */
  boolean isEndless() {
    return buffer.length > LONGEST_LINE;
  }

  /** Takes all bytes that are not part of a line returned. */
  byte[] takeRest() {
    byte[] rest = buffer;
    buffer = new byte[0];
    return rest;
  }
}
