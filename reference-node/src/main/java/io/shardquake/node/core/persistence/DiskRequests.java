package io.shardquake.node.core.persistence;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Input;
import io.shardquake.node.core.Outbox;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What was asked of the disk and is not answered yet, with what to do then. Not thread-safe. */
public final class DiskRequests {
  private final Outbox outbox;
  private final Map<Long, Consumer<String>> writes = new TreeMap<>();
  private final Map<Long, Read> reads = new TreeMap<>();
  private long lastTicket;

  private record Read(Consumer<Input.FilePiece> then, Consumer<String> otherwise) {}

  public DiskRequests(Outbox outbox) {
    this.outbox = outbox;
  }

  /**
   * Adds bytes to a file beside the loop.
   *
   * @param then hears what went wrong; an empty text if nothing did
   */
  public void append(String file, byte[] data, Consumer<String> then) {
    writes.put(++lastTicket, then);
    outbox.toDisk(new Effect.AppendLater(file, data, lastTicket));
  }

  /** Syncs a file beside the loop; {@code then} as for {@link #append}. */
  public void sync(String file, Consumer<String> then) {
    writes.put(++lastTicket, then);
    outbox.toDisk(new Effect.SyncLater(file, lastTicket));
  }

  /**
   * Reads a piece of a file.
   *
   * @param then takes the piece
   * @param otherwise hears why it could not be read
   */
  public void read(
      String file,
      long offset,
      int length,
      Consumer<Input.FilePiece> then,
      Consumer<String> otherwise) {
    reads.put(++lastTicket, new Read(then, otherwise));
    outbox.toDisk(new Effect.ReadFile(file, offset, length, lastTicket));
  }

  /** An answer has come. */
  public void done(Input.Done done) {
    Consumer<String> write = writes.remove(done.ticket());
    if (write != null) {
      write.accept(done.error());
      return;
    }
    Read read = reads.remove(done.ticket());
    if (read != null) {
      read.otherwise().accept(done.error());
    }
  }

  /** A piece of a file has come. */
  public void piece(Input.FilePiece piece) {
    Read read = reads.remove(piece.ticket());
    if (read != null) {
      read.then().accept(piece);
    }
  }
}
