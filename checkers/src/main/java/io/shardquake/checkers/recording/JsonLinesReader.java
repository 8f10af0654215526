package io.shardquake.checkers.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Cuts a stream into lines without copying them. Lines end with a line feed, before which a
 * carriage return is ignored; empty lines are skipped. Not thread-safe.
 *
 * <p>A last line without its line feed comes like any other. If it makes no sense, its writer was
 * killed while it wrote: see {@link #tornOrMalformed}.
 */
public final class JsonLinesReader implements Closeable {
  /** The longest line that is read, in bytes. */
  public static final int LONGEST_LINE = 32 << 20;

  private static final int INITIAL_BUFFER = 1 << 18;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LINE_FEEDS = '\n' * ONES;

  private final InputStream in;
  private final String source;
  private byte[] buffer = new byte[INITIAL_BUFFER];
  private int limit;
  private int next;
  private int start;
  private int end;
  private long line;
  private boolean unterminated;

  /**
   * Reads a stream, which is closed with this.
   *
   * @param source what to call it in messages
   */
  public JsonLinesReader(InputStream in, String source) {
    this.in = in;
    this.source = source;
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it cannot be opened, with a message that stands alone
   */
  public static JsonLinesReader open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a directory, not a recording");
    }
    try {
      return new JsonLinesReader(Files.newInputStream(file), file.toString());
    } catch (NoSuchFileException missing) {
      throw new IOException(file + " does not exist", missing);
    }
  }

  /**
   * Goes to the next line that is not empty.
   *
   * @return whether there is one
   * @throws MalformedRecordingException if it is longer than {@link #LONGEST_LINE}
   */
  public boolean next() throws IOException {
    do {
      if (!advance()) {
        return false;
      }
    } while (start == end);
    return true;
  }

  /** What holds the current line, until the next call of {@link #next()}. Not to be written to. */
  public byte[] buffer() {
    return buffer;
  }

  /** Where in the buffer the line begins. */
  public int start() {
    return start;
  }

  /** Where in the buffer the line ends, exclusive. */
  public int end() {
    return end;
  }

  /** The number of the line, from 1. */
  public long line() {
    return line;
  }

  /** The exception for a problem with the current line. */
  public MalformedRecordingException malformed(String problem) {
    return new MalformedRecordingException(source, line, problem);
  }

  /**
   * Judges a line that cannot be parsed.
   *
   * @return a remark that it was torn, if it is unterminated
   * @throws MalformedRecordingException if it is not
   */
  public String tornOrMalformed(IOException problem) throws MalformedRecordingException {
    if (unterminated) {
      return source
          + ", line "
          + line
          + ": dropped its last "
          + (end - start)
          + " bytes, a line that was never finished";
    }
    throw malformed(
        problem instanceof JsonProcessingException json
            ? "not JSON: " + inWords(json.getOriginalMessage())
            : "not UTF-8");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean advance() throws IOException {
    start = next;
    line++;
    int searched = start;
    while (true) {
      int found = lineFeed(searched, limit);
      if (found < limit) {
        next = found + 1;
        end = found > start && buffer[found - 1] == '\r' ? found - 1 : found;
        requireShort(end - start);
        return true;
      }
      int length = limit - start;
      requireShort(length);
      if (!fill()) {
        unterminated = length > 0;
        next = limit;
        end = limit;
        return unterminated;
      }
      searched = start + length;
    }
  }

  private void requireShort(int length) throws MalformedRecordingException {
    if (length > LONGEST_LINE) {
      throw malformed("the line is longer than " + (LONGEST_LINE >> 20) + " MiB");
    }
  }

  /** A parser's message, less what it says of itself and of places within the line. */
  private static String inWords(String message) {
    return message
        .lines()
        .findFirst()
        .orElse("")
        .replaceAll(" \\(start marker at .*", "")
        .replaceAll(", from `[^`]*`", "");
  }

  /** Reads on, keeping the line from {@link #start}. */
  private boolean fill() throws IOException {
    if (limit == buffer.length) {
      int length = limit - start;
      byte[] target = 2 * length > buffer.length ? new byte[larger()] : buffer;
      System.arraycopy(buffer, start, target, 0, length);
      buffer = target;
      start = 0;
      limit = length;
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    limit += Math.max(read, 0);
    return read > 0;
  }

  /** Twice as much, but no more than it takes to see that a line is too long. */
  private int larger() {
    return Math.min(2 * buffer.length, LONGEST_LINE + 2);
  }

  /** Eight bytes at a time: a zero byte is where subtracting one borrows from its high bit. */
  private int lineFeed(int from, int to) {
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      long difference = (long) LONGS.get(buffer, i) ^ LINE_FEEDS;
      long zeros = (difference - ONES) & ~difference & HIGH_BITS;
      if (zeros != 0) {
        return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    while (i < to && buffer[i] != '\n') {
      i++;
    }
    return i;
  }
}
