package io.shardquake.checkers.recording;

import java.io.OutputStream;
import java.util.Arrays;

/** Gathers bytes of which only whole lines count. Not thread-safe. */
final class LineBuffer extends OutputStream {
  private byte[] bytes = new byte[1 << 16];
  private int end;
  private int lineStart;

  @Override
  public void write(int b) {
    reserve(1);
    bytes[end++] = (byte) b;
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, bytes, end, length);
    end += length;
  }

  void endLine() {
    write('\n');
    lineStart = end;
  }

  void dropUnfinishedLine() {
    end = lineStart;
  }

  void clear() {
    end = 0;
    lineStart = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return end;
  }

  /** How many of the first {@code limit} bytes belong to whole lines. */
  int wholeLines(int limit) {
    int size = limit;
    while (size > 0 && bytes[size - 1] != '\n') {
      size--;
    }
    return size;
  }

  private void reserve(int length) {
    if (end + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end + length, 2 * bytes.length));
    }
  }
}
