package io.shardquake.checkers.edn;

import io.shardquake.checkers.recording.MalformedRecordingException;
import java.io.IOException;
import java.io.InputStream;

/** Bytes one after another, with the number of the line that they stand on. Not thread-safe. */
final class EdnInput {
  /** What stands for a byte where none is left. */
  static final int END = -1;

  /** The most bytes that one form at the top may take, so that no input can fill the memory. */
  private static final long LARGEST_FORM = 32L << 20;

  private final InputStream in;
  private final String source;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int limit;
  private long line = 1;
  private long before;
  private long formStart;

  EdnInput(InputStream in, String source) {
    this.in = in;
    this.source = source;
  }

  /** The next byte from 0 to 255, or {@link #END}; the place stays. */
  int peek() throws IOException {
    return at < limit || fill() ? buffer[at] & 0xff : END;
  }

  /** The next byte from 0 to 255, or {@link #END}; goes over it. */
  int next() throws IOException {
    if (at == limit && !fill()) {
      return END;
    }
    byte b = buffer[at++];
    if (b == '\n') {
      line++;
    }
    return b & 0xff;
  }

  /** The byte after the next, or {@link #END}; the place stays. */
  int peekSecond() throws IOException {
    if (at + 1 < limit) {
      return buffer[at + 1] & 0xff;
    }
    if (at == limit && !fill()) {
      return END;
    }
    before += at;
    limit -= at;
    System.arraycopy(buffer, at, buffer, 0, limit);
    at = 0;
    while (limit < 2) {
      int read = in.read(buffer, limit, buffer.length - limit);
      if (read <= 0) {
        return END;
      }
      limit += read;
    }
    return buffer[1] & 0xff;
  }

  /** The bytes read ahead, from {@link #place} to {@link #limit}. */
  byte[] buffer() {
    return buffer;
  }

  /** Where in the {@link #buffer} the next byte is. */
  int place() {
    return at;
  }

  /** Where in the {@link #buffer} the bytes end. */
  int limit() {
    return limit;
  }

  /** Goes over bytes of the {@link #buffer} none of which ends a line. */
  void goTo(int place) {
    at = place;
  }

  /** The number of the line of the place, from 1. */
  long line() {
    return line;
  }

  /** Notes that a form at the top begins here. */
  void startForm() {
    formStart = before + at;
  }

  /** The exception for a problem at the place. */
  MalformedRecordingException malformed(String problem) {
    return malformed(line, problem);
  }

  /** The exception for a problem that was seen on this line. */
  MalformedRecordingException malformed(long line, String problem) {
    return new MalformedRecordingException(source, line, problem);
  }

  private boolean fill() throws IOException {
    before += limit;
    at = 0;
    limit = 0;
    if (before - formStart > LARGEST_FORM) {
      throw malformed("one operation takes more than " + (LARGEST_FORM >> 20) + " MiB");
    }
    int read = in.read(buffer);
    limit = Math.max(read, 0);
    return read > 0;
  }
}
