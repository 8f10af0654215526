package io.shardquake.harness.conformance.suite;

import io.shardquake.harness.conformance.wire.Reply;
import io.shardquake.harness.conformance.wire.WireConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads keys again and again while their slot moves, as a client would: at the source, and where
 * that refers it to. On a thread of its own.
 */
final class Reader implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final OpenSlot open;
  private final List<String> keys;
  private final AtomicLong reads = new AtomicLong();
  private final CompletableFuture<String> missed = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean over;

  private Reader(OpenSlot open, List<String> keys) {
    this.open = open;
    this.keys = keys;
    this.thread = new Thread(this::readAll, "reader");
  }

  static Reader start(OpenSlot open, List<String> keys) {
    Reader reader = new Reader(open, keys);
    reader.thread.setDaemon(true);
    reader.thread.start();
    return reader;
  }

  /** The first answer that denied a key; empty if there was none. */
  String missed() {
    return missed.getNow("");
  }

  long reads() {
    return reads.get();
  }

  private void readAll() {
    try (WireConnection source = WireConnection.open(open.source().host(), open.source().port());
        WireConnection target = WireConnection.open(open.target().host(), open.target().port())) {
      for (int i = 0; !over; i = (i + 1) % keys.size()) {
        String key = keys.get(i);
        Reply reply = ask(source, "EXISTS", key);
        if (reply.isError("ASK")) {
          ask(target, "ASKING");
          reply = ask(target, "EXISTS", key);
        }
        reads.incrementAndGet();
        if (!reply.is("1") && !reply.isError("MOVED")) {
          missed.complete("EXISTS " + key + " was answered " + reply);
        }
      }
    } catch (IOException broken) {
      missed.complete("the reader's connection broke: " + broken);
    }
  }

  private static Reply ask(WireConnection connection, String... words) throws IOException {
    connection.send(words);
    return connection.read(LIMIT);
  }

  @Override
  public void close() {
    over = true;
    try {
      thread.join(LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
