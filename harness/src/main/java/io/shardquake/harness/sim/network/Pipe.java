package io.shardquake.harness.sim.network;

import io.shardquake.faults.network.Impairment;
import io.shardquake.harness.sim.time.Event;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One direction of one connection. What is sent arrives in order, each piece at its time and not
 * before those that were sent earlier; what cannot arrive holds up all that follows, as with TCP.
 *
 * <p>Its own event is the arrival of the piece at its head: at most one is in the queue.
 */
final class Pipe implements Event {
  /** What a kernel holds of what a peer has not taken yet. */
  private static final int SEND_BUFFER = 512 * 1024;

  private final Connection connection;
  private final Lane lane;
  private final Deque<Piece> pieces = new ArrayDeque<>();
  private long lastArrival;
  private long queuedBytes;
  private boolean scheduled;
  private boolean ended;
  private boolean deaf;
  private boolean drainWanted;

  /** Bytes were swallowed: what follows makes no sense to the receiver. */
  private boolean lossy;

  /** What travels. */
  enum Kind {
    OPEN,
    DATA,
    END
  }

  /** Something on its way. */
  private static final class Piece {
    final Kind kind;
    final byte[] data;
    long arrival;
    boolean heldBack;

    Piece(Kind kind, byte[] data, long arrival) {
      this.kind = kind;
      this.data = data;
      this.arrival = arrival;
    }
  }

  Pipe(Connection connection, Lane lane) {
    this.connection = connection;
    this.lane = lane;
    lane.pipes().add(this);
  }

  Lane lane() {
    return lane;
  }

  void open() {
    add(Kind.OPEN, Connection.NOTHING);
  }

  void send(byte[] data) {
    if (!ended) {
      add(Kind.DATA, data);
    }
  }

  void end() {
    if (!ended) {
      ended = true;
      add(Kind.END, Connection.NOTHING);
    }
  }

  boolean isEnded() {
    return ended;
  }

  /** Whoever receives here does not listen any more. */
  void deafen() {
    deaf = true;
  }

  boolean isDeaf() {
    return deaf;
  }

  /** Nothing is on its way, and nothing will be. */
  boolean isOver() {
    return ended && pieces.isEmpty();
  }

  void awaitDrained() {
    drainWanted = true;
    drainedIfSo();
  }

  private void drainedIfSo() {
    if (drainWanted && queuedBytes <= SEND_BUFFER) {
      drainWanted = false;
      connection.drained(this);
    }
  }

  private void add(Kind kind, byte[] data) {
    SimNetwork network = connection.network();
    long now = network.queue().nowNanos();
    Impairment impairment = lane.impairment();
    long arrival = now + network.latency(lane);
    if (impairment.delay().toNanos() > 0) {
      arrival += network.jittered(impairment);
      lane.delayed++;
    }
    if (impairment.bytesPerSecond() != Long.MAX_VALUE) {
      arrival = Math.max(arrival, lane.carry(now, data.length));
      lane.delayed++;
    }
    arrival = Math.max(arrival, lastArrival);
    lastArrival = arrival;
    pieces.add(new Piece(kind, data, arrival));
    queuedBytes += data.length;
    if (impairment.drop() && pieces.size() > 1) {
      lane.dropped++;
    }
    schedule();
  }

  private void schedule() {
    if (!scheduled && !pieces.isEmpty()) {
      scheduled = true;
      connection.network().queue().at(pieces.element().arrival, this);
    }
  }

  /** The piece at the head arrives, if it may, and all that are due with it. */
  @Override
  public void happen() {
    scheduled = false;
    long now = connection.network().queue().nowNanos();
    while (!pieces.isEmpty() && pieces.element().arrival <= now) {
      if (!mayArrive(pieces.element(), now)) {
        return;
      }
      arrive(pieces.remove());
    }
    drainedIfSo();
    schedule();
  }

  private boolean mayArrive(Piece piece, long now) {
    Impairment impairment = lane.impairment();
    if (impairment.drop()) {
      lane.dropped++;
      return false;
    }
    if (piece.kind == Kind.END) {
      if (impairment.blackhole()) {
        return false;
      }
      if (!impairment.lateClose().isZero() && !piece.heldBack) {
        lane.lateEnds++;
        piece.heldBack = true;
        piece.arrival = now + impairment.lateClose().toNanos();
        schedule();
        return false;
      }
    }
    return true;
  }

  private void arrive(Piece piece) {
    queuedBytes -= piece.data.length;
    if (piece.kind == Kind.OPEN) {
      connection.opened(this);
    } else if (piece.kind == Kind.END) {
      connection.ended(this);
    } else if (lane.impairment().blackhole()) {
      lane.swallowed += piece.data.length;
      lossy = true;
    } else {
      lane.passed += piece.data.length;
      connection.arrived(this, connection.network().corrupted(lane, piece.data));
    }
  }

  /** From now on this goes wrong in its direction, and nothing else. */
  void impaired(Impairment before, Impairment now) {
    if (!now.blackhole() && lossy) {
      lane.resets++;
      connection.reset();
      return;
    }
    if (now.reset() || (now.duplicate() && connection.isResetByDuplication(this))) {
      lane.resets++;
      connection.reset();
      return;
    }
    if (!pieces.isEmpty() && !now.drop()) {
      hasten(before, now);
      schedule();
    }
  }

  /**
   * What was held back goes on: what had arrived and could not pass is sent again, what waited for
   * a slow wire waits no longer, and an end that was to be late is told at once.
   */
  private void hasten(Impairment before, Impairment now) {
    long soonest = connection.network().queue().nowNanos();
    long again = soonest + connection.network().latency(lane);
    boolean released = isShaping(before) && !isShaping(now);
    long last = 0;
    for (Piece piece : pieces) {
      if (piece.heldBack && now.lateClose().isZero()) {
        piece.arrival = soonest;
      } else if (piece.arrival <= soonest || (released && piece.arrival > again)) {
        piece.arrival = again;
      }
      piece.arrival = Math.max(piece.arrival, last);
      last = piece.arrival;
    }
    lastArrival = last;
    scheduled = false;
  }

  private static boolean isShaping(Impairment impairment) {
    return !impairment.delay().isZero() || impairment.bytesPerSecond() != Long.MAX_VALUE;
  }

  /** Nothing more arrives, and what is on its way is lost. */
  void cut() {
    ended = true;
    deaf = true;
    pieces.clear();
    queuedBytes = 0;
    drainWanted = false;
    lane.pipes().remove(this);
  }
}
