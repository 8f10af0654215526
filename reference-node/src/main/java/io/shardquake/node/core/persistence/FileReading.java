package io.shardquake.node.core.persistence;

import io.shardquake.node.core.Input;

/**
 * Reads one file from its start, piece by piece: while one piece is dealt with, the next is on its
 * way, and no more. Not thread-safe.
 */
public final class FileReading {
  /** Takes a file. */
  public interface Reader {
    /** Takes the next piece; the array belongs to the reader. */
    void piece(byte[] data);

    /** The file has been read to its end. */
    void end(boolean exists);

    /** The file cannot be read. */
    void failed(String reason);
  }

  private static final int PIECE = 256 * 1024;

  private final DiskRequests disk;
  private final String file;
  private final Reader reader;
  private long offset;

  public FileReading(DiskRequests disk, String file, Reader reader) {
    this.disk = disk;
    this.file = file;
    this.reader = reader;
  }

  /** Asks for the first piece. */
  public void begin() {
    disk.read(file, offset, PIECE, this::arrived, reader::failed);
  }

  private void arrived(Input.FilePiece piece) {
    offset += piece.data().length;
    if (!piece.last()) {
      begin();
    }
    if (piece.data().length > 0) {
      reader.piece(piece.data());
    }
    if (piece.last()) {
      reader.end(piece.exists());
    }
  }
}
