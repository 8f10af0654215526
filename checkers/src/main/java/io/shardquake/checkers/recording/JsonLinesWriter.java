package io.shardquake.checkers.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Appends JSON objects to a file, one a line. What was flushed survives the end of this process,
 * however sudden. Not thread-safe.
 *
 * <p>Lines go to the operating system when {@link #flush()} is called, and whenever 64 KiB have
 * gathered. If the disk is full or fails, the file is cut back to its last whole line, and this and
 * every later call throws an {@link IOException} that names the file, the cause and what was kept.
 */
public final class JsonLinesWriter implements Closeable, Flushable {
  private static final int FLUSH_AT = 1 << 16;

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .rootValueSeparator("")
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .build();

  private final SeekableByteChannel channel;
  private final String name;
  private final LineBuffer buffer = new LineBuffer();
  private JsonGenerator generator;
  private Optional<IOException> failure = Optional.empty();

  JsonLinesWriter(SeekableByteChannel channel, String name) throws IOException {
    this.channel = channel;
    this.name = name;
    this.generator = JSON.createGenerator(buffer);
  }

  /**
   * Starts a new file.
   *
   * @throws IOException if it exists already, for what is recorded is never overwritten, or cannot
   *     be made
   */
  public static JsonLinesWriter create(Path file) throws IOException {
    try {
      return new JsonLinesWriter(
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
          file.toString());
    } catch (FileAlreadyExistsException exists) {
      throw new IOException(file + " exists already and is not overwritten", exists);
    } catch (IOException problem) {
      throw new IOException("cannot create " + file + ": " + reason(problem), problem);
    }
  }

  /** Writes the fields of one object. */
  @FunctionalInterface
  public interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }

  /**
   * Appends one object, or nothing if its fields throw.
   *
   * @throws IOException if the disk failed, now or before
   */
  public void write(Fields fields) throws IOException {
    requireWorking();
    boolean whole = false;
    try {
      generator.writeStartObject();
      fields.writeTo(generator);
      generator.writeEndObject();
      generator.flush();
      whole = true;
    } finally {
      if (!whole) {
        dropLine();
      }
    }
    buffer.endLine();
    if (buffer.size() >= FLUSH_AT) {
      flush();
    }
  }

  /** Hands all lines to the operating system. */
  @Override
  public void flush() throws IOException {
    requireWorking();
    ByteBuffer bytes = ByteBuffer.wrap(buffer.bytes(), 0, buffer.size());
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException problem) {
      throw fail(problem, bytes.position());
    }
    buffer.clear();
  }

  /** Flushes and closes. After an error that was thrown already it only closes. */
  @Override
  public void close() throws IOException {
    try (channel) {
      if (channel.isOpen() && failure.isEmpty()) {
        flush();
      }
    }
  }

  private void dropLine() throws IOException {
    generator = JSON.createGenerator(buffer);
    buffer.dropUnfinishedLine();
  }

  private void requireWorking() throws IOException {
    if (failure.isPresent()) {
      throw new IOException(failure.get().getMessage(), failure.get());
    }
  }

  private IOException fail(IOException problem, int written) {
    IOException error =
        new IOException(
            "cannot write " + name + ": " + reason(problem) + "; the lines before are kept",
            problem);
    try {
      int torn = written - buffer.wholeLines(written);
      channel.truncate(channel.size() - torn);
    } catch (IOException alsoFailed) {
      error.addSuppressed(alsoFailed);
    }
    failure = Optional.of(error);
    return error;
  }

  private static String reason(IOException problem) {
    String message = problem.getMessage();
    return message == null ? problem.getClass().getSimpleName() : message;
  }
}
