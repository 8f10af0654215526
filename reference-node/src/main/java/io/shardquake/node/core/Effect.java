package io.shardquake.node.core;

/**
 * What a node wants done, as data. The shell performs the effects of a turn strictly in their
 * order, and each one before the next begins: an {@link Append}, then a {@link Sync}, then the
 * {@link Send} of a reply that rests on both is how "log before reply" is said. An effect with a
 * ticket is answered by one {@link Input.Done}; the rest of the turn does not wait for that unless
 * the effect says so.
 *
 * <p>File names are relative to the node's directory.
 */
public sealed interface Effect {
  /** Sends bytes on a connection; to a connection that has gone, does nothing. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody; a copy per reply would cost.
  record Send(long connection, byte[] data) implements Effect {}

  /** Asks for {@link Input.Drained} once everything sent so far on a connection has left. */
  record AwaitDrained(long connection) implements Effect {}

  /** Ends a connection once what was sent on it has left. */
  record Close(long connection) implements Effect {}

  /**
   * Opens a connection; the node chose its number, which is odd. Answered by {@link
   * Input.Connected} or {@link Input.Closed}.
   *
   * @param from the local address to use; empty for any
   * @param secure whether it is to speak TLS
   */
  record Connect(long connection, String host, int port, String from, boolean secure)
      implements Effect {}

  /** Adds bytes to the end of a file, which is created if need be. A failure ends the process. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody; a copy per turn would cost.
  record Append(String file, byte[] data) implements Effect {}

  /** Waits until what was appended to a file is on disk. A failure ends the process. */
  record Sync(String file) implements Effect {}

  /** Syncs a file beside the loop; answered by {@link Input.Done}. */
  record SyncLater(String file, long ticket) implements Effect {}

  /**
   * Replaces a file's content so that after a crash either the old or the new content is there:
   * written beside, synced if asked, renamed.
   *
   * @param durable whether the rest of the turn waits until the new content is on disk
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  record Replace(String file, byte[] data, boolean durable) implements Effect {}

  /** Renames a file within the node's directory, replacing what is there, durably. */
  record Rename(String from, String to) implements Effect {}

  /** Deletes a file if it exists. */
  record Delete(String file) implements Effect {}

  /** Cuts a file to a length, which must not exceed its own. */
  record Truncate(String file, long length) implements Effect {}

  /** Creates a directory if it does not exist. */
  record MakeDirectory(String directory) implements Effect {}

  /**
   * Adds bytes to the end of a file beside the loop; answered by {@link Input.Done}, with the
   * reason if it failed. Such effects, {@link SyncLater} and {@link ReadFile} are done in their
   * order.
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody; a copy per slice would cost.
  record AppendLater(String file, byte[] data, long ticket) implements Effect {}

  /**
   * Reads a piece of a file beside the loop; answered by {@link Input.FilePiece}, or by {@link
   * Input.Done} with the reason if it failed.
   *
   * @param offset where it begins
   * @param length of the piece; less comes where the file ends
   */
  record ReadFile(String file, long offset, int length, long ticket) implements Effect {}

  /**
   * Asks for another turn, as soon as what has come in by then is dealt with: the node has work of
   * its own. Answered by {@link Input.Tick}.
   */
  record Again() implements Effect {}

  /** Stands still: nothing is read, done or sent for so many microseconds (DEBUG SLEEP). */
  record Stall(long micros) implements Effect {}

  /** A line for the log. */
  record Log(Level level, String message) implements Effect {}

  /** Ends the process with an exit code, after everything before it in the turn. */
  record Exit(int code) implements Effect {}

  /** Levels of Redis's log, from the most talkative. */
  enum Level {
    DEBUG,
    VERBOSE,
    NOTICE,
    WARNING
  }
}
