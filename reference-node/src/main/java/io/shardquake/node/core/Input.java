package io.shardquake.node.core;

/** What can happen to a node. Connections are numbered by whoever opens them, never reused. */
public sealed interface Input {
  /** Which of the node's listeners a connection came in through. */
  enum Listener {
    CLIENT,
    /** The one for clients that speak TLS. */
    SECURE_CLIENT,
    BUS
  }

  /** A peer connected to one of the listeners. Numbers of accepted connections are even. */
  record Accepted(
      long connection,
      Listener listener,
      String remoteAddress,
      int remotePort,
      String localAddress,
      int localPort)
      implements Input {}

  /** A connection asked for with {@link Effect.Connect} is open. */
  record Connected(long connection, String localAddress) implements Input {}

  /**
   * Bytes arrived, in order. The array belongs to the node from now on.
   *
   * @param data the bytes, all of the array
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody; a copy per packet would cost.
  record Received(long connection, byte[] data) implements Input {}

  /**
   * A connection ended, or could not be opened. Nothing more comes from it.
   *
   * @param reason in words, for the log
   */
  record Closed(long connection, String reason) implements Input {}

  /** Everything handed to the socket so far has left the process. */
  record Drained(long connection) implements Input {}

  /** Time has passed; comes at least every hundred milliseconds. */
  record Tick() implements Input {}

  /**
   * An effect that carries a ticket is done.
   *
   * @param error why it failed; empty if it succeeded
   */
  record Done(long ticket, String error) implements Input {}

  /**
   * The piece of a file asked for with {@link Effect.ReadFile}.
   *
   * @param last whether the file ends with it; a file that does not exist is one last empty piece
   *     with {@code exists} false
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody; a copy per piece would cost.
  record FilePiece(long ticket, byte[] data, boolean last, boolean exists) implements Input {}

  /**
   * The process that the node lives in; comes once, first.
   *
   * @param pid its number
   * @param system name, release and architecture of the operating system, as {@code uname} has them
   * @param executable its path
   * @param configFile the configuration file's absolute path; empty if there is none
   */
  record Started(long pid, String system, String executable, String configFile) implements Input {}

  /**
   * How the process does; comes about once a second.
   *
   * @param usedHeap bytes of heap in use, garbage included
   * @param maxHeap bytes of heap it may have
   * @param resident bytes of physical memory it has; 0 if that is not known
   * @param userMicros processor time spent in the process's own code, in microseconds
   * @param systemMicros processor time spent in the operating system for it, in microseconds
   */
  record Vitals(long usedHeap, long maxHeap, long resident, long userMicros, long systemMicros)
      implements Input {}

  /** The process was asked to end in an orderly way (SIGTERM, SIGINT). */
  record Terminate() implements Input {}
}
