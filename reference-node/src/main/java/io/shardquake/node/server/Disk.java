package io.shardquake.node.server;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Performs the node's effects on files. What the turn must wait for is done at once, on the loop;
 * background syncs and reads have a thread of their own. Used by one thread.
 */
final class Disk implements AutoCloseable {
  private final Path directory;
  private final Consumer<Input> answers;
  private final Map<String, FileChannel> open = new HashMap<>();
  private final ExecutorService background =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "node-disk");
            thread.setDaemon(true);
            return thread;
          });

  Disk(Path directory, Consumer<Input> answers) {
    this.directory = directory;
    this.answers = answers;
  }

  /**
   * Performs the effect if it is one on files.
   *
   * @return whether it was
   * @throws UncheckedIOException if the disk fails an effect that the node relies on
   */
  boolean perform(Effect effect) {
    try {
      return performChecked(effect);
    } catch (IOException e) {
      throw new UncheckedIOException("disk: " + e.getMessage(), e);
    }
  }

  private boolean performChecked(Effect effect) throws IOException {
    if (effect instanceof Effect.Append append) {
      write(channel(append.file()), append.data());
    } else if (effect instanceof Effect.Sync sync) {
      channel(sync.file()).force(false);
    } else if (effect instanceof Effect.SyncLater later) {
      FileChannel channel = channel(later.file());
      background.execute(() -> answers.accept(syncLater(channel, later.ticket())));
    } else if (effect instanceof Effect.Replace replace) {
      replace(replace);
    } else if (effect instanceof Effect.Rename rename) {
      rename(rename.from(), rename.to());
    } else if (effect instanceof Effect.Delete delete) {
      forget(delete.file());
      Files.deleteIfExists(path(delete.file()));
    } else if (effect instanceof Effect.Truncate truncate) {
      channel(truncate.file()).truncate(truncate.length());
    } else if (effect instanceof Effect.MakeDirectory make) {
      Files.createDirectories(path(make.directory()));
    } else if (effect instanceof Effect.AppendLater later) {
      background.execute(() -> answers.accept(appendLater(later)));
    } else if (effect instanceof Effect.ReadFile read) {
      background.execute(() -> answers.accept(read(read)));
    } else {
      return false;
    }
    return true;
  }

  private Path path(String file) {
    return directory.resolve(file);
  }

  private FileChannel channel(String file) throws IOException {
    FileChannel channel = open.get(file);
    if (channel == null) {
      channel =
          FileChannel.open(
              path(file),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND);
      open.put(file, channel);
    }
    return channel;
  }

  private void forget(String file) throws IOException {
    FileChannel channel = open.remove(file);
    if (channel != null) {
      channel.close();
    }
  }

  private static void write(FileChannel channel, byte[] data) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(data);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static Input syncLater(FileChannel channel, long ticket) {
    try {
      channel.force(false);
      return new Input.Done(ticket, "");
    } catch (IOException e) {
      return failed(ticket, e);
    }
  }

  private void replace(Effect.Replace effect) throws IOException {
    forget(effect.file());
    Path target = path(effect.file());
    Path beside = target.resolveSibling(target.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      write(channel, effect.data());
      if (effect.durable()) {
        channel.force(true);
      }
    }
    move(beside, target);
    if (effect.durable()) {
      syncDirectory(target);
    }
  }

  private void rename(String from, String to) throws IOException {
    forget(from);
    forget(to);
    move(path(from), path(to));
    syncDirectory(path(to));
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException(to + " is on a file system that cannot rename atomically", e);
    }
  }

  /** A new name is on disk only when its directory is. */
  private static void syncDirectory(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      try (FileChannel channel = FileChannel.open(parent, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private Input appendLater(Effect.AppendLater effect) {
    try (FileChannel channel =
        FileChannel.open(
            path(effect.file()),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND)) {
      write(channel, effect.data());
      return new Input.Done(effect.ticket(), "");
    } catch (IOException e) {
      return failed(effect.ticket(), e);
    }
  }

  private Input read(Effect.ReadFile effect) {
    Path file = path(effect.file());
    if (!Files.exists(file)) {
      return new Input.FilePiece(effect.ticket(), new byte[0], true, false);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(effect.length());
      long offset = effect.offset();
      int count = 0;
      while (buffer.hasRemaining() && count >= 0) {
        count = channel.read(buffer, offset + buffer.position());
      }
      byte[] piece = Arrays.copyOf(buffer.array(), buffer.position());
      boolean last = offset + piece.length >= channel.size();
      return new Input.FilePiece(effect.ticket(), piece, last, true);
    } catch (IOException e) {
      return failed(effect.ticket(), e);
    }
  }

  private static Input failed(long ticket, IOException e) {
    return new Input.Done(ticket, e.getClass().getSimpleName() + ": " + e.getMessage());
  }

  @Override
  public void close() {
    background.shutdown();
    for (FileChannel channel : open.values()) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
