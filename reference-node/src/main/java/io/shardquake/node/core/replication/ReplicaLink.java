package io.shardquake.node.core.replication;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.client.Client;
import java.util.ArrayDeque;
import java.util.Deque;

/** A replica of this node: how far it is, and what has still to be sent to it. Not thread-safe. */
final class ReplicaLink {
  /** How far synchronization is. */
  enum State {
    /** No snapshot has begun for it; the stream does not concern it yet. */
    WAITING("wait_bgsave"),
    /** Its snapshot has begun; the stream is kept for it from there on. */
    SNAPSHOT("wait_bgsave"),
    /** Its snapshot, which is complete, is being sent. */
    SENDING("send_bulk"),
    ONLINE("online");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** As INFO prints it. */
    String word() {
      return word;
    }
  }

  private final Client client;
  private final ReplicaProfile profile;
  private final boolean resumable;
  private final long attachedAt;
  private final Deque<byte[]> stream = new ArrayDeque<>();
  private State state = State.WAITING;
  private boolean streamHeld;
  private boolean dropsDuringSnapshot;
  private long streamBytes;
  private long unconfirmed;
  private long marked;
  private long progressAt;
  private long acknowledged;
  private long acknowledgedAt;
  private long overSoftLimitSince;

  /**
   * A replica that has just asked for synchronization.
   *
   * @param resumable whether it knows PSYNC, and so acknowledges
   * @param nowMillis Unix milliseconds
   */
  ReplicaLink(Client client, ReplicaProfile profile, boolean resumable, long nowMillis) {
    this.client = client;
    this.profile = profile;
    this.resumable = resumable;
    this.attachedAt = nowMillis;
    this.acknowledgedAt = nowMillis;
    this.progressAt = nowMillis;
  }

  Client client() {
    return client;
  }

  ReplicaProfile profile() {
    return profile;
  }

  /** Whether it came with PSYNC; one that came with SYNC neither resumes nor acknowledges. */
  boolean isResumable() {
    return resumable;
  }

  State state() {
    return state;
  }

  boolean isOnline() {
    return state == State.ONLINE;
  }

  /** When it asked, in Unix milliseconds. */
  long attachedAt() {
    return attachedAt;
  }

  /** When it last took something off our hands, in Unix milliseconds. */
  long progressAt() {
    return progressAt;
  }

  /** Where it can be reached: as announced, or else as seen. */
  String ip() {
    String address = client.address();
    return profile.ip().isEmpty() ? address.substring(0, address.lastIndexOf(':')) : profile.ip();
  }

  /** The offset it has confirmed. */
  long acknowledged() {
    return acknowledged;
  }

  /** When it last gave a sign of life, in Unix milliseconds. */
  long acknowledgedAt() {
    return acknowledgedAt;
  }

  void heard(long nowMillis) {
    acknowledgedAt = nowMillis;
  }

  /** It confirms to have the stream up to an offset. */
  void acknowledge(long offset, long nowMillis) {
    acknowledged = Math.max(acknowledged, offset);
    acknowledgedAt = nowMillis;
    // A first acknowledgement after a snapshot without length says that it found the end.
    streamHeld = false;
  }

  /** Its snapshot begins: from here on it needs the stream, once it has the snapshot. */
  void beginSnapshot() {
    state = State.SNAPSHOT;
    streamHeld = true;
  }

  void beginSending() {
    state = State.SENDING;
  }

  /**
   * It has its data.
   *
   * @param onAcknowledgement whether the stream has to wait for its first acknowledgement, because
   *     it looks for the snapshot's end at the end of what it has received
   */
  void goOnline(boolean onAcknowledgement, long nowMillis) {
    state = State.ONLINE;
    streamHeld = onAcknowledgement;
    acknowledgedAt = nowMillis;
  }

  /** Leaves out, or not, of the stream what comes while the snapshot is under way. */
  void dropStreamDuringSnapshot(boolean yes) {
    dropsDuringSnapshot = yes;
  }

  /** Adds to the stream that it needs; the array is shared between replicas. */
  void feed(byte[] bytes) {
    boolean needed = state != State.WAITING && !(state == State.SNAPSHOT && dropsDuringSnapshot);
    if (needed && bytes.length > 0) {
      stream.addLast(bytes);
      streamBytes += bytes.length;
    }
  }

  /** Sends at once, before any of the stream. */
  void send(byte[] bytes, Outbox outbox) {
    unconfirmed += bytes.length;
    outbox.toNetwork(new Effect.Send(client.connection(), bytes));
    askForConfirmation(outbox);
  }

  /** Sends what there is of the stream, if its time has come. */
  void flush(Outbox outbox) {
    if (streamHeld || stream.isEmpty()) {
      return;
    }
    byte[] all = stream.peekFirst();
    if (stream.size() > 1) {
      all = new byte[(int) streamBytes];
      int at = 0;
      for (byte[] piece : stream) {
        System.arraycopy(piece, 0, all, at, piece.length);
        at += piece.length;
      }
    }
    stream.clear();
    streamBytes = 0;
    send(all, outbox);
  }

  private void askForConfirmation(Outbox outbox) {
    if (marked == 0) {
      marked = unconfirmed;
      outbox.toNetwork(new Effect.AwaitDrained(client.connection()));
    }
  }

  /** What was sent up to the last question has left the process. */
  void drained(Outbox outbox, long nowMillis) {
    unconfirmed -= marked;
    marked = 0;
    progressAt = nowMillis;
    if (unconfirmed > 0) {
      askForConfirmation(outbox);
    }
  }

  /** Bytes handed to the connection that may not have left yet. */
  long unconfirmed() {
    return unconfirmed;
  }

  /** Bytes that it costs this node to serve the replica. */
  long buffered() {
    return unconfirmed + streamBytes;
  }

  /** Whether it has been behind by more than a limit for longer than a time. */
  boolean isOver(long softLimit, long forMillis, long nowMillis) {
    if (softLimit == 0 || buffered() <= softLimit) {
      overSoftLimitSince = 0;
      return false;
    }
    if (overSoftLimitSince == 0) {
      overSoftLimitSince = nowMillis;
    }
    return nowMillis - overSoftLimitSince > forMillis;
  }
}
