package io.shardquake.node.core.replication;

import io.shardquake.node.core.propagation.CommandSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stream of changes as this node has it: its history, the backlog of its last bytes, and the
 * replicas that follow it. As long as nobody ever followed there is no backlog, and the offset
 * stands still. Not thread-safe.
 */
final class ReplicationLog implements CommandSink {
  private static final int NO_DATABASE = -1;
  private static final byte[] PING = encode("ping");
  private static final byte[] GETACK = encode("REPLCONF", "GETACK", "*");

  private final ReplicationHistory history;
  private final Replicas replicas;
  private @Nullable Backlog backlog;
  private int selected = NO_DATABASE;
  private boolean relaying;

  ReplicationLog(ReplicationHistory history, Replicas replicas) {
    this.history = history;
    this.replicas = replicas;
  }

  ReplicationHistory history() {
    return history;
  }

  Optional<Backlog> backlog() {
    return Optional.ofNullable(backlog);
  }

  /** Begins anew with another node's history, having loaded its data. */
  void adopt(String id, long offset, int backlogSize) {
    history.adopt(id, offset);
    openBacklog(backlogSize);
  }

  /** Goes on with the master's stream, under another ID if it names one. */
  void resume(Optional<String> id, int backlogSize) {
    if (id.isPresent() && !id.get().equals(history.id())) {
      history.fork(id.get());
      // Our own replicas have to learn the new ID; they will resume.
      replicas.disconnectAll();
    }
    if (backlog == null) {
      openBacklog(backlogSize);
    }
  }

  /** Begins a backlog at the present offset, in place of any that there is. */
  void openBacklog(int size) {
    backlog = new Backlog(size, history.offset());
  }

  void closeBacklog() {
    backlog = null;
  }

  /** Whether this node passes on what its master sends, instead of writing the stream itself. */
  void relay(boolean yes) {
    relaying = yes;
  }

  /** Names the database before the next command, whatever was said before. */
  void forgetSelection() {
    selected = NO_DATABASE;
  }

  /** The database that a replica has to select before it applies what comes next. */
  int selectedDatabase() {
    return Math.max(selected, 0);
  }

  @Override
  public boolean isLog() {
    return false;
  }

  @Override
  public void append(int database, byte[] encoded) {
    if (relaying || (backlog == null && replicas.isEmpty())) {
      return;
    }
    if (selected != database) {
      selected = database;
      write(encode("SELECT", Integer.toString(database)));
    }
    write(encoded);
  }

  /** Shows replicas that this node lives. */
  void ping() {
    write(PING);
  }

  /** Asks replicas how far they are. */
  void askForAcknowledgement() {
    write(GETACK);
  }

  private void write(byte[] bytes) {
    relay(bytes, 0, bytes.length);
  }

  /** Adds bytes of the stream as they are. */
  void relay(byte[] data, int from, int count) {
    history.advance(count);
    if (backlog != null) {
      backlog.append(data, from, count);
    }
    if (!replicas.isEmpty()) {
      replicas.feed(Arrays.copyOfRange(data, from, from + count));
    }
  }

  /** A request as it stands in the stream. */
  static byte[] encode(String... words) {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      int length = word.getBytes(StandardCharsets.UTF_8).length;
      text.append('$').append(length).append("\r\n").append(word).append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
