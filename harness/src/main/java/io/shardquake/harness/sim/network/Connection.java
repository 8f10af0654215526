package io.shardquake.harness.sim.network;

import org.jspecify.annotations.Nullable;

/**
 * A connection between whoever opened it and a listener.
 *
 * <pre>
 *   opener ──OPEN──► up ──► listener accepts      (no listener, or refused: the opener is told)
 *          ◄─OPEN── down ◄──
 *          ──DATA──► up, down, until each side has sent its END
 * </pre>
 */
final class Connection {
  static final byte[] NOTHING = new byte[0];
  private static final String RESET = "Connection reset by peer";
  private static final String CLOSED = "closed by the peer";

  private final SimNetwork network;
  private final Endpoint target;
  private final String remoteIp;
  private final Pipe up;
  private final Pipe down;
  private final Peer opener;
  private @Nullable Peer listener;
  private @Nullable Peer twin;
  private boolean over;

  Connection(
      SimNetwork network, Endpoint target, String remoteIp, Lane up, Lane down, Peer opener) {
    this.network = network;
    this.target = target;
    this.remoteIp = remoteIp;
    this.opener = opener;
    this.up = new Pipe(this, up);
    this.down = new Pipe(this, down);
  }

  SimNetwork network() {
    return network;
  }

  Socket openersEnd() {
    return new Socket(this, up, down);
  }

  void open() {
    up.open();
  }

  /** A request to open has arrived, or the answer to it. */
  void opened(Pipe pipe) {
    if (pipe == down) {
      if (!down.isDeaf()) {
        opener.connected();
      }
      return;
    }
    if (up.lane().impairment().reset() || down.lane().impairment().reset()) {
      up.lane().resets++;
      reset();
      return;
    }
    Listener listening = network.listener(target);
    if (listening == null) {
      refuse();
      return;
    }
    listener = listening.accept(new Socket(this, down, up), remoteIp);
    if (up.lane().impairment().duplicate()) {
      up.lane().duplicated++;
      twin = network.twin(listening, remoteIp);
    }
    down.open();
  }

  /** Lets somebody take it without its having been asked for. */
  Peer acceptedBy(Listener taking) {
    Peer accepted = taking.accept(new Socket(this, down, up), remoteIp);
    listener = accepted;
    return accepted;
  }

  private void refuse() {
    cut();
    network.queue().after(network.latency(down.lane()), () -> opener.closed("Connection refused"));
  }

  /** The opener has waited long enough. */
  void giveUp() {
    if (!over && listener == null) {
      cut();
      opener.closed("connection timed out");
    }
  }

  void arrived(Pipe pipe, byte[] data) {
    if (pipe.isDeaf()) {
      return;
    }
    if (pipe == up) {
      Peer second = twin;
      if (second != null) {
        second.received(data.clone());
      }
      receiver(pipe).received(data);
    } else {
      opener.received(data);
    }
  }

  private Peer receiver(Pipe pipe) {
    Peer at = pipe == up ? listener : opener;
    if (at == null) {
      throw new IllegalStateException("bytes arrived before the connection was open");
    }
    return at;
  }

  /** One side has ended; the other learns of it. */
  void ended(Pipe pipe) {
    Peer second = twin;
    if (pipe == up && second != null) {
      twin = null;
      second.closed(CLOSED);
    }
    boolean told = !pipe.isDeaf();
    pipe.deafen();
    Pipe answer = pipe == up ? down : up;
    answer.end();
    answer.deafen();
    if (told) {
      receiver(pipe).closed(CLOSED);
    }
    forgetIfOver();
  }

  void drained(Pipe pipe) {
    Peer sender = pipe == up ? opener : listener;
    if (sender != null) {
      sender.drained();
    }
  }

  /** Whether it has to be made anew so that it is made twice. */
  boolean isResetByDuplication(Pipe pipe) {
    return pipe == up && listener != null && twin == null;
  }

  /** Both ends are told at once that it is no more. */
  void reset() {
    if (over) {
      return;
    }
    boolean tellOpener = !down.isDeaf();
    boolean tellListener = !up.isDeaf();
    cut();
    network.queue().after(0, () -> tellReset(tellOpener, tellListener));
  }

  private void tellReset(boolean tellOpener, boolean tellListener) {
    if (tellOpener) {
      opener.closed(RESET);
    }
    Peer accepted = listener;
    if (tellListener && accepted != null) {
      accepted.closed(RESET);
    }
    Peer second = twin;
    if (second != null) {
      second.closed(RESET);
    }
  }

  private void cut() {
    over = true;
    up.cut();
    down.cut();
  }

  void forgetIfOver() {
    if (!over && up.isOver() && down.isOver()) {
      cut();
    } else if (!over && listener == null && up.isEnded()) {
      // Whoever wanted it has given it up before anybody heard of it.
      cut();
    }
  }
}
