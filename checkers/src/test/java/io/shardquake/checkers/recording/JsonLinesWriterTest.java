package io.shardquake.checkers.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesWriterTest {
  @TempDir Path directory;

  @Test
  void handsLinesOverWhenFlushed() throws IOException {
    Path file = directory.resolve("log.jsonl");
    try (JsonLinesWriter writer = JsonLinesWriter.create(file)) {
      writer.write(json -> json.writeNumberField("a", 1));
      assertThat(file).isEmptyFile();

      writer.flush();

      assertThat(file).hasContent("{\"a\":1}\n");
      writer.write(json -> json.writeStringField("b", "\u00e9\n"));
    }
    assertThat(file).hasContent("{\"a\":1}\n{\"b\":\"\u00e9\\n\"}\n");
  }

  @Test
  void neverOverwritesARecording() throws IOException {
    Path file = Files.writeString(directory.resolve("log.jsonl"), "{}\n");

    assertThatIOException()
        .isThrownBy(() -> JsonLinesWriter.create(file))
        .withMessage(file + " exists already and is not overwritten");
    assertThat(file).hasContent("{}\n");
  }

  @Test
  void writesNothingOfALineWhoseFieldsThrow() throws IOException {
    Path file = directory.resolve("log.jsonl");
    try (JsonLinesWriter writer = JsonLinesWriter.create(file)) {
      writer.write(json -> json.writeNumberField("a", 1));
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  writer.write(
                      json -> {
                        json.writeNumberField("b", 2);
                        throw new IllegalStateException("no more");
                      }));
      writer.write(json -> json.writeNumberField("c", 3));
    }
    assertThat(file).hasContent("{\"a\":1}\n{\"c\":3}\n");
  }

  @Test
  void keepsWholeLinesOfAFullDisk() throws IOException {
    Path file = directory.resolve("log.jsonl");
    try (JsonLinesWriter writer = new JsonLinesWriter(new FullDisk(file, 20), "log.jsonl")) {
      writer.write(json -> json.writeNumberField("a", 1));
      writer.flush();
      writer.write(json -> json.writeNumberField("b", 2));
      writer.write(json -> json.writeNumberField("c", 3));

      assertThatIOException()
          .isThrownBy(writer::flush)
          .withMessage(
              "cannot write log.jsonl: No space left on device; the lines before are kept");
      assertThatIOException()
          .isThrownBy(() -> writer.write(json -> json.writeNumberField("d", 4)))
          .withMessage(
              "cannot write log.jsonl: No space left on device; the lines before are kept");
    }
    assertThat(file).hasContent("{\"a\":1}\n{\"b\":2}\n");
  }

  /** A file on a disk that takes so many bytes and no more. */
  private static final class FullDisk implements SeekableByteChannel {
    private final FileChannel file;
    private int room;

    FullDisk(Path file, int room) throws IOException {
      this.file = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      this.room = room;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      if (room == 0) {
        throw new IOException("No space left on device");
      }
      int count = Math.min(room, source.remaining());
      file.write(source.slice(source.position(), count));
      source.position(source.position() + count);
      room -= count;
      return count;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      return file.read(target);
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      file.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      file.truncate(size);
      return this;
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
