package io.shardquake.node.core.persistence;

import java.io.ByteArrayOutputStream;

/** Takes a file that is small enough to be dealt with as one piece. Not thread-safe. */
public abstract class WholeFile implements FileReading.Reader {
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  /**
   * The file has been read.
   *
   * @param content of it, empty if there is none
   */
  protected abstract void read(byte[] content, boolean exists);

  @Override
  public final void piece(byte[] data) {
    content.writeBytes(data);
  }

  @Override
  public final void end(boolean exists) {
    read(content.toByteArray(), exists);
  }
}
