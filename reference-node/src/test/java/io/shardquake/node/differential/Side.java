package io.shardquake.node.differential;

import java.io.IOException;
import java.util.List;

/** One of the two servers that are compared. Connections have names, and open when first used. */
interface Side extends AutoCloseable {
  /** Which protocol connections speak that open from now on. */
  void speakResp3(boolean yes);

  void send(String connection, Request request) throws IOException;

  /** Waits until the last request on a connection has been taken up: it is blocked, or answered. */
  void awaitWaiting(String connection) throws IOException;

  /** The next reply or push on a connection; waits for it, but not forever. */
  Reply receive(String connection) throws IOException;

  /** Sets a configuration directive. */
  void configure(String directive, String value) throws IOException;

  /** What went to replicas since the last call, without SELECT and PING. */
  List<Request> propagated() throws IOException;

  /** Closes all connections. */
  void disconnect() throws IOException;

  /** Sends on a connection and gives its next reply. */
  default Reply ask(String connection, Request request) throws IOException {
    send(connection, request);
    return receive(connection);
  }

  @Override
  void close() throws IOException;
}
