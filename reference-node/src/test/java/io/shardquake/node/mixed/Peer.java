package io.shardquake.node.mixed;

import io.shardquake.node.differential.RedisServerProcess;
import io.shardquake.node.differential.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A server of either kind, with a connection to it that opens when it is needed. */
final class Peer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Kind kind;
  private final int port;
  private final Runnable kill;
  private final Runnable close;
  private Optional<Wire> wire = Optional.empty();

  private Peer(Kind kind, int port, Runnable kill, Runnable close) {
    this.kind = kind;
    this.port = port;
    this.kill = kill;
    this.close = close;
  }

  /** Starts a server that answers by the time this returns. */
  static Peer start(Kind kind, String... options) {
    RedisServerProcess.assumeInstalled();
    try {
      Peer peer = launch(kind, options);
      patiently("the server to answer").until(() -> peer.answers());
      return peer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Peer launch(Kind kind, String... options) throws IOException {
    return switch (kind) {
      case REDIS -> {
        RedisServerProcess redis = RedisServerProcess.start(options);
        yield new Peer(kind, redis.port(), redis::kill, redis::close);
      }
      case REFERENCE -> {
        ReferenceProcess node = ReferenceProcess.start(options);
        yield new Peer(kind, node.port(), node::kill, node::close);
      }
    };
  }

  private boolean answers() {
    try (Wire fresh = Wire.open(port)) {
      return fresh.ask("PING").text().equals("PONG");
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  static ConditionFactory patiently(String what) {
    return Awaitility.await(what).pollInterval(Duration.ofMillis(20)).atMost(PATIENCE);
  }

  Kind kind() {
    return kind;
  }

  int port() {
    return port;
  }

  /** Sends a command; one that the server closed the connection on is sent again once. */
  Reply ask(String... words) {
    try {
      if (wire.isEmpty()) {
        wire = Optional.of(Wire.open(port));
      }
      return wire.get().ask(words);
    } catch (IOException | UncheckedIOException e) {
      hangUp();
      throw new IllegalStateException(this + " does not answer " + List.of(words), e);
    }
  }

  private void hangUp() {
    wire.ifPresent(Wire::close);
    wire = Optional.empty();
  }

  /** The fields of INFO. */
  Map<String, String> info() {
    Map<String, String> fields = new TreeMap<>();
    for (String line : ask("INFO").text().split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(line.substring(0, colon), line.substring(colon + 1));
      }
    }
    return fields;
  }

  String info(String field) {
    return info().getOrDefault(field, "");
  }

  long offset() {
    return Long.parseLong(info("master_repl_offset"));
  }

  void follow(Peer master) {
    ask("REPLICAOF", "127.0.0.1", Integer.toString(master.port()));
  }

  /** Waits until this replica has everything that its master has. */
  void awaitCaughtUpWith(Peer master) {
    patiently(this + " to have everything that " + master + " has")
        .until(
            () ->
                info("master_link_status").equals("up")
                    && info("master_repl_offset").equals(master.info("master_repl_offset"))
                    && info("master_replid").equals(master.info("master_replid")));
  }

  void kill() {
    hangUp();
    kill.run();
  }

  @Override
  public void close() {
    hangUp();
    close.run();
  }

  @Override
  public String toString() {
    return kind + ":" + port;
  }
}
