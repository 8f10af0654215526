package io.shardquake.harness.conformance.bench;

import io.shardquake.harness.conformance.wire.Reply;
import io.shardquake.harness.conformance.wire.WireConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A connection of a test's own to a node, all that passes on it kept. Used by one thread. */
public final class Line implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final String node;
  private final WireConnection connection;
  private final Evidence evidence;

  Line(String node, WireConnection connection, Evidence evidence) {
    this.node = node;
    this.connection = connection;
    this.evidence = evidence;
  }

  /** Sends a command and waits for its reply. */
  public Reply ask(String... words) throws IOException {
    send(words);
    return read(LIMIT);
  }

  /** Sends a command. */
  public void send(String... words) throws IOException {
    evidence.add(node + " <= " + String.join(" ", words));
    connection.send(words);
  }

  /** The next reply. */
  public Reply read(Duration limit) throws IOException {
    Reply reply = connection.read(limit);
    evidence.add(node + " => " + reply);
    return reply;
  }

  /** The next reply if it comes within the limit. */
  public Optional<Reply> poll(Duration limit) throws IOException {
    Optional<Reply> reply = connection.poll(limit);
    evidence.add(node + " => " + reply.map(Reply::toString).orElse("nothing for " + limit));
    return reply;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
