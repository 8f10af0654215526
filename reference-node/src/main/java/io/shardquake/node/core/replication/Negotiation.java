package io.shardquake.node.core.replication;

import io.shardquake.node.core.config.Configuration;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a replica and its master say to each other line by line, until either the stream goes on or
 * a snapshot begins. Not thread-safe.
 */
final class Negotiation {
  /** Hears what comes of it. Whatever it hears but for a promise is the last. */
  interface Listener {
    /** The stream goes on where it stopped; {@code rest} is its beginning. */
    void resumed(Handshake.Resume resume, byte[] rest);

    /** A snapshot is going to come; of a known history unless the master is very old. */
    void promised(Optional<Handshake.Synchronize> history);

    /** The snapshot comes; {@code rest} is its beginning. */
    void announced(String line, byte[] rest);

    /** It came to nothing. */
    void failed(String why);
  }

  private enum Phase {
    HANDSHAKE,
    PROMISED,
    OVER
  }

  private final Configuration configuration;
  private final MasterConnection connection;
  private final MasterEvents events;
  private final Listener listener;

  private Phase phase = Phase.OVER;
  private LineBuffer lines = new LineBuffer();
  private @Nullable Handshake handshake;

  Negotiation(
      Configuration configuration,
      MasterConnection connection,
      MasterEvents events,
      Listener listener) {
    this.configuration = configuration;
    this.connection = connection;
    this.events = events;
    this.listener = listener;
  }

  /**
   * Begins on a connection that has just opened.
   *
   * @param history what this node has
   * @param resumable whether that is part of a history which the master may know
   */
  void begin(ReplicationHistory history, boolean resumable) {
    forget();
    phase = Phase.HANDSHAKE;
    Handshake begun =
        new Handshake(configuration, Handshake.psync(history, resumable, events.lastWords()));
    handshake = begun;
    connection.send(begun.greeting());
  }

  /** The connection is gone. */
  void forget() {
    phase = Phase.OVER;
    lines = new LineBuffer();
    handshake = null;
  }

  /** Bytes have come from the master. */
  void received(byte[] data) {
    lines.feed(data);
    while (phase != Phase.OVER) {
      Optional<String> line = lines.next();
      if (line.isEmpty()) {
        if (lines.isEndless()) {
          fail("the master sends a line without end");
        }
        return;
      }
      if (phase == Phase.PROMISED) {
        announced(line.get());
      } else if (handshake != null) {
        take(handshake.heard(line.get()));
      }
    }
  }

  private void take(Handshake.Step step) {
    if (step instanceof Handshake.Say say) {
      connection.send(say.bytes());
    } else if (step instanceof Handshake.Resume resume) {
      phase = Phase.OVER;
      listener.resumed(resume, lines.takeRest());
    } else if (step instanceof Handshake.Synchronize synchronize) {
      promised(Optional.of(synchronize));
    } else if (step instanceof Handshake.OldSynchronize) {
      synchronizeInTheOldWay();
    } else if (step instanceof Handshake.GiveUp why) {
      if (why.refused()) {
        events.answered(false);
      }
      fail(why.reason());
    }
  }

  private void synchronizeInTheOldWay() {
    if (!events.lastWords().isEmpty()) {
      events.answered(false);
      fail("the master refuses to exchange roles");
      return;
    }
    connection.send("SYNC\r\n".getBytes(StandardCharsets.US_ASCII));
    promised(Optional.empty());
  }

  private void promised(Optional<Handshake.Synchronize> history) {
    phase = Phase.PROMISED;
    handshake = null;
    listener.promised(history);
    events.answered(true);
  }

  private void announced(String line) {
    if (!line.isEmpty()) { // An empty line says that the master is still preparing.
      phase = Phase.OVER;
      listener.announced(line, lines.takeRest());
    }
  }

  private void fail(String why) {
    phase = Phase.OVER;
    listener.failed(why);
  }
}
